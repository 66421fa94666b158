package dev.culvert.crypto.ipsecmb;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A loaded libIPSec_MB: the addresses of the functions that fit the processor, and calls to them. Thread safe; never
 * unloaded. Pointers travel as {@code long}, so that no call allocates.
 *
 * <p>The signatures are those of intel-ipsec-mb.h and include/gcm.h in every version listed here, compared at its tag
 * in the library's repository; a version that nobody has compared is refused.
 */
public final class LibIpsecMb {
    /** The file names that the library has on Linux. */
    public static final List<String> LIBRARIES = List.of("libIPSec_MB.so.2", "libIPSec_MB.so.1");

    /** Major and minor, as in the upper two bytes of imb_get_version: 1.2 to 1.5, 2.0. */
    private static final Set<Integer> KNOWN_VERSIONS = Set.of(0x0102, 0x0103, 0x0104, 0x0105, 0x0200);

    private static final String KNOWN_TEXT = "1.2 to 1.5 and 2.0";

    private static final MethodHandle VERSION = shape(FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle EXPAND = shape(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    // The same for both directions: key data, context, target, source, length, nonce, associated data and its length,
    // tag and its length.
    private static final MethodHandle PROCESS = shape(FunctionDescriptor.ofVoid(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG));

    private final MemorySegment expand;
    private final MemorySegment seal;
    private final MemorySegment open;

    private LibIpsecMb(SymbolLookup symbols, GcmCode code) {
        expand = symbols.findOrThrow(code.keyFunction());
        seal = symbols.findOrThrow(code.sealFunction());
        open = symbols.findOrThrow(code.openFunction());
    }

    /**
     * @param names as dlopen takes them: {@link #LIBRARIES}, or paths; the first that can be used is taken
     * @param processor its flags as /proc/cpuinfo names them
     */
    public static LibIpsecMb load(List<String> names, Set<String> processor) throws IpsecMbException {
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            try {
                return load(name, processor);
            } catch (IpsecMbException e) {
                reasons.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IpsecMbException(String.join(", ", reasons));
    }

    private static LibIpsecMb load(String name, Set<String> processor) throws IpsecMbException {
        SymbolLookup symbols = lookup(name);
        requireKnownVersion(name, symbols);
        Set<GcmCode> offered = EnumSet.allOf(GcmCode.class);
        offered.removeIf(code -> !code.functions().stream()
                .allMatch(function -> symbols.find(function).isPresent()));
        if (offered.isEmpty()) {
            throw new IpsecMbException(name + " lacks the AES-256-GCM of every known version");
        }
        GcmCode code = GcmCode.best(offered, processor)
                .orElseThrow(() -> new IpsecMbException(
                        name + " needs a processor with AES-NI, which this one is not, or does not tell"));
        return new LibIpsecMb(symbols, code);
    }

    @SuppressWarnings("restricted") // native code is what this package is for
    private static SymbolLookup lookup(String name) throws IpsecMbException {
        try {
            return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IpsecMbException(name + " not found", e);
        }
    }

    private static void requireKnownVersion(String name, SymbolLookup symbols) throws IpsecMbException {
        MemorySegment function = symbols.find("imb_get_version")
                .orElseThrow(() -> new IpsecMbException(name + " is no libIPSec_MB: it lacks imb_get_version"));
        int version;
        try {
            version = (int) VERSION.invokeExact(function);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (!KNOWN_VERSIONS.contains(version >>> 8)) {
            throw new IpsecMbException("%s has version %d.%d.%d, and known are %s only"
                    .formatted(name, version >>> 16, version >>> 8 & 0xff, version & 0xff, KNOWN_TEXT));
        }
    }

    /** The caller closes it. The key has 32 bytes and is copied. */
    public GcmKey key(byte[] key) {
        return new GcmKey(this, key);
    }

    void expand(long key, long keyData) {
        try {
            EXPAND.invokeExact(expand, key, keyData);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void seal(long keyData, long context, long target, long source, long length, long nonce, long tag) {
        process(seal, keyData, context, target, source, length, nonce, tag);
    }

    /** Writes the plaintext, and to {@code tag} the tag that a genuine message has: comparing is up to the caller. */
    void open(long keyData, long context, long target, long source, long length, long nonce, long tag) {
        process(open, keyData, context, target, source, length, nonce, tag);
    }

    private static void process(
            MemorySegment function,
            long keyData,
            long context,
            long target,
            long source,
            long length,
            long nonce,
            long tag) {
        try {
            // No associated data; its address is never read, but some versions refuse a null one without a word.
            PROCESS.invokeExact(
                    function, keyData, context, target, source, length, nonce, nonce, 0L, tag, (long) GcmKey.TAG_BYTES);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("restricted") // as above; each signature is the one in the library's header
    private static MethodHandle shape(FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(signature);
    }

    private static IllegalStateException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call into libIPSec_MB failed", thrown);
    }
}
