/* The clocks, in seconds. */
#ifndef NW_BASE_CLOCK_H
#define NW_BASE_CLOCK_H

/* That of the wall, from some moment on; it only runs forward. */
double nw_seconds(void);
/* What the thread has taken of the processor: a call of the system, which the other one is not. */
double nw_thread_seconds(void);

#endif
