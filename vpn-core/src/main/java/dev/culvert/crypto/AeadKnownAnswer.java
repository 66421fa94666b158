package dev.culvert.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A published exchange, for the self-test to repeat. */
final class AeadKnownAnswer {
    /**
     * RFC 8439, appendix A.5: its nonce begins with four zero bytes, as ours do. The tag there covers associated data,
     * which we never have; the one here is Poly1305 (section 2.8) over the same ciphertext without it, under the
     * one-time key that A.5 prints. AeadKnownAnswerTest computes it again.
     */
    private static final AeadKnownAnswer RFC_8439_A5 = new AeadKnownAnswer(
            hex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0"),
            0x0807_0605_0403_0201L,
            ("Internet-Drafts are draft documents valid for a maximum of six months and may be updated, replaced, or"
                            + " obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as"
                            + " reference material or to cite them other than as /\u201cwork in progress./\u201d")
                    .getBytes(StandardCharsets.UTF_8),
            hex("64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"
                    + "4c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf"
                    + "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c855"
                    + "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4"
                    + "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523e"
                    + "af4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a"
                    + "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a10"
                    + "49e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29"
                    + "a6ad5cb4022b02709b"
                    + "6e3570b1acaaf1f24f2a644f01acd12b"));

    /**
     * McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B, test case 14: of those with a key of
     * 256 bits and no associated data the one whose nonce begins with four zero bytes, as ours do.
     */
    private static final AeadKnownAnswer GCM_14 = new AeadKnownAnswer(
            new byte[Aead.KEY_BYTES],
            0,
            new byte[16],
            hex("cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"));

    final byte[] key;
    final long counter;
    final byte[] plaintext;
    final byte[] sealed;

    private AeadKnownAnswer(byte[] key, long counter, byte[] plaintext, byte[] sealed) {
        this.key = key;
        this.counter = counter;
        this.plaintext = plaintext;
        this.sealed = sealed;
    }

    static AeadKnownAnswer of(CipherSuite suite) {
        return switch (suite) {
            case CHACHA20_POLY1305 -> RFC_8439_A5;
            case AES_256_GCM -> GCM_14;
        };
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
