"plain" 'joined ' r"\raw" "\x41\u00e9\101\
\q"
b"bytes \xff\n" b'more'
f"{a!r:>{width}.2f} {{braces}} {b = } {c:%Y-%m}" "tail"
f"" ""
rf"\d{a}\{b}"
"""triple
'quoted'"""
