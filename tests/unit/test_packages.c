/* Versions compare as PEP 440 orders releases. */
#include "check.h"
#include "source/packages.h"

int main(void)
{
    CHECK(nw_version_between("0.1", "0.1", ""));
    CHECK(nw_version_between("0.1.dev0", "0.0.9", NULL));
    CHECK(!nw_version_between("0.1.dev0", "0.1", NULL));
    CHECK(!nw_version_between("1.0rc1", "1.0", NULL));
    CHECK(nw_version_between("1.0.post1", "1.0", NULL));
    CHECK(nw_version_between("2.13.0+cpu", "2.13", NULL));
    CHECK(nw_version_between("0.0.26", "", "0.0.27"));
    CHECK(!nw_version_between("0.0.27", "", "0.0.27"));
    CHECK(!nw_version_between("0.0.100", "", "0.0.27"));
    CHECK(nw_version_between("1.10", "1.9", NULL));
    return check_report();
}
