package dev.culvert.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    /** Numbers from asm-generic/errno-base.h and errno.h, spread so that a lost name shifts one of them. */
    @ParameterizedTest
    @CsvSource({
        "1, EPERM",
        "2, ENOENT",
        "11, EAGAIN",
        "16, EBUSY",
        "22, EINVAL",
        "34, ERANGE",
        "40, ELOOP",
        "41, errno 41",
        "42, ENOMSG",
        "58, errno 58",
        "59, EBFONT",
        "61, ENODATA",
        "71, EPROTO",
        "77, EBADFD",
        "84, EILSEQ",
        "90, EMSGSIZE",
        "95, EOPNOTSUPP",
        "100, ENETDOWN",
        "105, ENOBUFS",
        "111, ECONNREFUSED",
        "122, EDQUOT",
        "133, EHWPOISON",
        "134, errno 134",
        "0, errno 0",
        "-1, errno -1"
    })
    void namesAreThoseOfTheKernelHeaders(int errno, String name) {
        assertThat(Errno.name(errno)).isEqualTo(name);
    }
}
