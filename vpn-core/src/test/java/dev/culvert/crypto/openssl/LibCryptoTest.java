package dev.culvert.crypto.openssl;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class LibCryptoTest {
    @Test
    void saysThatTheLibraryIsNotThere() {
        assertThatExceptionOfType(LibCryptoException.class)
                .isThrownBy(() -> LibCrypto.load("libculvert-absent.so.3"))
                .withMessage("libculvert-absent.so.3 not found (is OpenSSL 3 installed?)");
    }

    @Test
    void saysThatALibraryIsSomethingElse() {
        assertThatExceptionOfType(LibCryptoException.class)
                .isThrownBy(() -> LibCrypto.load("libc.so.6"))
                .withMessage("libc.so.6 lacks EVP_CIPHER_CTX_new: not OpenSSL 3");
    }

    @Test
    void saysThatACipherIsNotOffered() throws LibCryptoException {
        LibCrypto library = LibCrypto.load(LibCrypto.LIBRARY);

        assertThatExceptionOfType(LibCryptoException.class)
                .isThrownBy(() -> library.cipher("ROT-13"))
                .withMessageStartingWith("libcrypto.so.3 does not offer ROT-13");
    }
}
