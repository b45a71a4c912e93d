# SPDX-License-Identifier: EUPL-1.2
#
# The few checks that configure.ac repeats. A failed check ends in one sentence that names the
# Debian package, since the reader of it is seldom a programmer.

# KP_REQUIRE_PROGRAM(VARIABLE, PROGRAM, PACKAGE)
AC_DEFUN([KP_REQUIRE_PROGRAM],
[AC_CHECK_PROG([$1], [$2], [$2])
AS_IF([test -z "$$1"],
      [AC_MSG_ERROR([$2 is missing: install the Debian package $3, or run tools/setup.])])])

# KP_REQUIRE_LIBRARY(PREFIX, MODULE, NAME, PACKAGE, INCLUDES, BODY)
# Sets PREFIX_CFLAGS and PREFIX_LIBS; a small program with INCLUDES and BODY must link.
AC_DEFUN([KP_REQUIRE_LIBRARY],
[PKG_CHECK_MODULES([$1], [$2], [kp_found=yes], [kp_found=no])
AS_IF([test $kp_found = yes], [KP_TRY_LIBRARY([$1], [$3], [$5], [$6])])
AS_IF([test $kp_found = no],
      [AC_MSG_ERROR([$3 is missing: install the Debian package $4, or run tools/setup.])])])

# KP_REQUIRE_PLAIN_LIBRARY(PREFIX, LIBS, NAME, PACKAGE, INCLUDES, BODY)
# The same for a library that pkg-config does not know; PREFIX_LIBS is LIBS unless the user set it.
AC_DEFUN([KP_REQUIRE_PLAIN_LIBRARY],
[AC_ARG_VAR([$1_CFLAGS], [C compiler flags for $3])
AC_ARG_VAR([$1_LIBS], [linker flags for $3])
AS_IF([test -z "$$1_LIBS"], [$1_LIBS="$2"])
KP_TRY_LIBRARY([$1], [$3], [$5], [$6])
AS_IF([test $kp_found = no],
      [AC_MSG_ERROR([$3 is missing: install the Debian package $4, or run tools/setup.])])])

# KP_TRY_LIBRARY(PREFIX, NAME, INCLUDES, BODY): kp_found becomes yes or no.
AC_DEFUN([KP_TRY_LIBRARY],
[kp_saved_CPPFLAGS=$CPPFLAGS
kp_saved_LIBS=$LIBS
CPPFLAGS="$CPPFLAGS $$1_CFLAGS"
LIBS="$$1_LIBS $LIBS"
AC_MSG_CHECKING([whether $2 can be used])
AC_LINK_IFELSE([AC_LANG_PROGRAM([$3], [$4])], [kp_found=yes], [kp_found=no])
AC_MSG_RESULT([$kp_found])
CPPFLAGS=$kp_saved_CPPFLAGS
LIBS=$kp_saved_LIBS])

# KP_COMPILE_FLAGS(VARIABLE, FLAGS): adds each flag that the compiler takes without complaint.
AC_DEFUN([KP_COMPILE_FLAGS],
[for kp_flag in $2; do
    AC_MSG_CHECKING([whether $CC takes $kp_flag])
    kp_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $kp_flag"
    AC_COMPILE_IFELSE([AC_LANG_SOURCE([[int main(void) { return 0; }]])],
                      [kp_found=yes; $1="$$1 $kp_flag"], [kp_found=no])
    CFLAGS=$kp_saved_CFLAGS
    AC_MSG_RESULT([$kp_found])
done
AC_SUBST([$1])])

# KP_LINK_FLAGS(VARIABLE, FLAGS): adds each flag that the linker takes.
AC_DEFUN([KP_LINK_FLAGS],
[for kp_flag in $2; do
    AC_MSG_CHECKING([whether the linker takes $kp_flag])
    kp_saved_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS $kp_flag"
    AC_LINK_IFELSE([AC_LANG_PROGRAM], [kp_found=yes; $1="$$1 $kp_flag"], [kp_found=no])
    LDFLAGS=$kp_saved_LDFLAGS
    AC_MSG_RESULT([$kp_found])
done
AC_SUBST([$1])])

# KP_REQUIRE_FLAGS(COMPILE-VARIABLE, LINK-VARIABLE, FLAGS, ASKED-BY)
# For an --enable option: the flags work for compiling and linking, or configure ends.
AC_DEFUN([KP_REQUIRE_FLAGS],
[AC_MSG_CHECKING([whether $CC can do $4])
kp_saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS $3"
AC_LINK_IFELSE([AC_LANG_PROGRAM], [kp_found=yes], [kp_found=no])
CFLAGS=$kp_saved_CFLAGS
AC_MSG_RESULT([$kp_found])
AS_IF([test $kp_found = no], [AC_MSG_ERROR([$CC cannot do $4.])])
$1="$$1 $3"
$2="$$2 $3"])

# KP_SONAME(NAME, PREFIX, FILE, DEFAULT)
# Defines NAME as the name under which the library FILE is loaded at run time: what it calls itself
# where the linker finds it, or DEFAULT.
AC_DEFUN([KP_SONAME],
[AC_MSG_CHECKING([under which name $3 is loaded])
kp_file=`$CC -print-file-name=$3`
for kp_flag in $$2_LIBS; do
    case $kp_flag in
        -L*) AS_IF([test -f "${kp_flag#-L}/$3"], [kp_file="${kp_flag#-L}/$3"]) ;;
    esac
done
kp_name=`$READELF -d "$kp_file" 2>/dev/null | $SED -n '/SONAME/{s/.*\@<:@//;s/@:>@.*//;p;}'`
AS_IF([test -z "$kp_name"], [kp_name=$4])
AC_MSG_RESULT([$kp_name])
AC_DEFINE_UNQUOTED([$1], ["$kp_name"], [The name under which $3 is loaded.])])
