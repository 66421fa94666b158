package dev.culvert.crypto.openssl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * A loaded libcrypto: the addresses of its functions, and calls to them. Thread safe; never unloaded. Signatures are
 * those of openssl/evp.h and openssl/crypto.h; pointers travel as {@code long}, so that no call allocates.
 */
public final class LibCrypto {
    /** The file name that OpenSSL 3 has on Linux, whatever its minor version. */
    public static final String LIBRARY = "libcrypto.so.3";

    private static final int MAJOR_VERSION = 3;
    private static final long NO_ATEXIT = 0x0008_0000L; // OPENSSL_INIT_NO_ATEXIT, openssl/crypto.h

    // One handle for each shape of call, the function's address being its first argument. As constants they are
    // compiled in place; bound to addresses in fields they would not be, and in constants no test could replace the
    // library.
    private static final MethodHandle INIT_LIBRARY = shape(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle VERSION = shape(FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle FETCH = shape(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle NEW = shape(FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle FREE = shape(FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle INIT =
            shape(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle UPDATE =
            shape(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FINISH = shape(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CONTROL =
            shape(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

    private final String name;
    private final SymbolLookup symbols;
    private final MemorySegment newContext;
    private final MemorySegment freeContext;
    private final MemorySegment control;
    private final Direction encrypt;
    private final Direction decrypt;

    /** The functions of one direction. */
    record Direction(MemorySegment init, MemorySegment update, MemorySegment finish) {}

    private LibCrypto(String name, SymbolLookup symbols) throws LibCryptoException {
        this.name = name;
        this.symbols = symbols;
        newContext = function("EVP_CIPHER_CTX_new");
        freeContext = function("EVP_CIPHER_CTX_free");
        control = function("EVP_CIPHER_CTX_ctrl");
        encrypt = new Direction(
                function("EVP_EncryptInit_ex"), function("EVP_EncryptUpdate"), function("EVP_EncryptFinal_ex"));
        decrypt = new Direction(
                function("EVP_DecryptInit_ex"), function("EVP_DecryptUpdate"), function("EVP_DecryptFinal_ex"));
    }

    /** @param name as dlopen takes it: {@link #LIBRARY}, or a path */
    public static LibCrypto load(String name) throws LibCryptoException {
        LibCrypto library = new LibCrypto(name, lookup(name));
        library.requireVersion();
        library.keepAliveDuringExit();
        return library;
    }

    @SuppressWarnings("restricted") // native code is what this package is for
    private static SymbolLookup lookup(String name) throws LibCryptoException {
        try {
            return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LibCryptoException(name + " not found (is OpenSSL 3 installed?)", e);
        }
    }

    private MemorySegment function(String function) throws LibCryptoException {
        return symbols.find(function)
                .orElseThrow(() -> new LibCryptoException(name + " lacks " + function + ": not OpenSSL 3"));
    }

    private void requireVersion() throws LibCryptoException {
        MemorySegment function = function("OPENSSL_version_major");
        int major;
        try {
            major = (int) VERSION.invokeExact(function);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (major != MAJOR_VERSION) {
            throw new LibCryptoException(name + " is OpenSSL " + major + ", not " + MAJOR_VERSION);
        }
    }

    /** At exit the JVM does not wait for threads inside native calls; libcrypto would free its tables under them. */
    private void keepAliveDuringExit() throws LibCryptoException {
        MemorySegment function = function("OPENSSL_init_crypto");
        try {
            int initialised = (int) INIT_LIBRARY.invokeExact(function, NO_ATEXIT, 0L);
            if (initialised != 1) {
                throw new LibCryptoException(name + " could not be initialised");
            }
        } catch (LibCryptoException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param algorithm a name of OpenSSL's, for an AEAD that {@link EvpCipher} describes: {@code ChaCha20-Poly1305} */
    public EvpCipher cipher(String algorithm) throws LibCryptoException {
        MemorySegment function = function("EVP_CIPHER_fetch");
        long address;
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(algorithm).address();
            address = (long) FETCH.invokeExact(function, 0L, text, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (address == 0) {
            throw new LibCryptoException(name + " does not offer " + algorithm + " (is a FIPS policy in force?)");
        }
        return new EvpCipher(this, address);
    }

    Direction encrypt() {
        return encrypt;
    }

    Direction decrypt() {
        return decrypt;
    }

    long newContext() {
        try {
            return (long) NEW.invokeExact(newContext);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void freeContext(long context) {
        try {
            FREE.invokeExact(freeContext, context);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A zero leaves that part as it is. */
    boolean init(Direction direction, long context, long cipher, long key, long nonce) {
        try {
            return (int) INIT.invokeExact(direction.init, context, cipher, 0L, key, nonce) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    boolean update(Direction direction, long context, long target, long written, long source, int length) {
        try {
            return (int) UPDATE.invokeExact(direction.update, context, target, written, source, length) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    boolean finish(Direction direction, long context, long target, long written) {
        try {
            return (int) FINISH.invokeExact(direction.finish, context, target, written) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    boolean control(long context, int command, int argument, long address) {
        try {
            return (int) CONTROL.invokeExact(control, context, command, argument, address) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("restricted") // as above; each signature is the one in OpenSSL's header
    private static MethodHandle shape(FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(signature);
    }

    private static IllegalStateException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call into libcrypto failed", thrown);
    }
}
