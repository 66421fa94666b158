package dev.culvert.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.culvert.crypto.ipsecmb.LibIpsecMb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of machines that have no libIPSec_MB, another one, or something that only claims to be one. */
class IpsecMbCipherTest {
    private static final Path SOURCE = Path.of("src/test/c/fake-ipsec-mb.c");
    private static final Set<String> WESTMERE = Set.of("sse4_2", "cmov", "aes", "pclmulqdq");

    @TempDir
    private Path folder;

    @Test
    void aLibraryThatIsNotThereIsToldByEveryNameThatWasTried() {
        assertThat(refusal("libculvert-absent.so.2", "libculvert-absent.so.1"))
                .isEqualTo("libculvert-absent.so.2 not found, libculvert-absent.so.1 not found");
    }

    @Test
    void anotherLibraryIsNotCalled() {
        assertThat(refusal("libc.so.6")).isEqualTo("libc.so.6 is no libIPSec_MB: it lacks imb_get_version");
    }

    @ParameterizedTest
    @CsvSource({"0x000037, 0.0.55", "0x010100, 1.1.0", "0x010600, 1.6.0", "0x020100, 2.1.0", "0x030000, 3.0.0"})
    void aVersionThatNobodyHasComparedIsRefused(String version, String text) throws IOException, InterruptedException {
        String library = fake("-DGCM", "-DVERSION=" + version);

        assertThat(refusal(library))
                .isEqualTo(library + " has version " + text + ", and known are 1.2 to 1.5 and 2.0 only");
    }

    @Test
    void aKnownVersionWithoutTheFunctionsIsRefused() throws IOException, InterruptedException {
        String library = fake("-DVERSION=0x020002");

        assertThat(refusal(library)).isEqualTo(library + " lacks the AES-256-GCM of every known version");
    }

    @Test
    void functionsThatDoNothingFailTheSelfTestAndTheNextEngineServes()
            throws IOException, InterruptedException, NoAeadEngineException {
        String library = fake("-DGCM", "-DVERSION=0x020002");
        AeadCandidate liar = new AeadCandidate(
                "liar", CipherSuite.AES_256_GCM, () -> IpsecMbCipher.engine(List.of(library), WESTMERE));
        AeadCandidate next = new AeadCandidate(
                "next", CipherSuite.AES_256_GCM, () -> BouncyCastleCipher.engine(CipherSuite.AES_256_GCM));

        ChosenEngine chosen = AeadEngines.choose(List.of(liar, next), CipherSuite.AES_256_GCM, List.of("liar", "next"));

        assertThat(chosen.reason())
                .startsWith("liar skipped: self-test failed: sealed wrongly (")
                .endsWith("; next: self-test passed");
    }

    @Test
    void aProcessorWithoutAesIsRefusedBeforeAnythingIsCalled() throws IOException, InterruptedException {
        String library = fake("-DGCM", "-DVERSION=0x010300");

        assertThat(refusal(List.of(library), Set.of("sse4_2", "cmov", "pclmulqdq")))
                .isEqualTo(library + " needs a processor with AES-NI, which this one is not, or does not tell");
    }

    @Test
    void theFirstLibraryThatCanBeUsedIsTaken() throws AeadUnavailableException {
        Assumptions.assumeFalse(TestEngines.ipsecMb().isEmpty(), "no libIPSec_MB");
        List<String> libraries = new ArrayList<>(List.of("libculvert-absent.so.3", "libc.so.6"));
        libraries.addAll(LibIpsecMb.LIBRARIES);

        assertThat(AeadSelfTest.faultOf(IpsecMbCipher.engine(libraries, CpuFlags.ofThisMachine())))
                .isEmpty();
    }

    private String fake(String... options) throws IOException, InterruptedException {
        Path library = folder.resolve("fake-" + Arrays.hashCode(options) + ".so");
        List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-Wall", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", library.toString(), SOURCE.toString()));
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noCompiler) {
            if (Boolean.getBoolean("culvert.requireRoot")) {
                throw noCompiler;
            }
            return Assumptions.abort("no gcc here: " + noCompiler.getMessage());
        }
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(output).isZero();
        return library.toString();
    }

    private static String refusal(String... libraries) {
        return refusal(List.of(libraries), WESTMERE);
    }

    private static String refusal(List<String> libraries, Set<String> processor) {
        AeadUnavailableException refused = assertThatExceptionOfType(AeadUnavailableException.class)
                .isThrownBy(() -> IpsecMbCipher.engine(libraries, processor))
                .actual();
        return String.valueOf(refused.getMessage());
    }
}
