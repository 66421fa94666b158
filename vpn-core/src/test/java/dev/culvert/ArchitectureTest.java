package dev.culvert;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dependency rules of docs/architecture.md. A rule that has to give way is changed there and here, with its reason. */
class ArchitectureTest {
    private static final String[] PURE = {
        "dev.culvert.crypto..",
        "dev.culvert.noise..",
        "dev.culvert.wire..",
        "dev.culvert.session..",
        "dev.culvert.handshake..",
        "dev.culvert.peer..",
        "dev.culvert.ethernet..",
        "dev.culvert.offload.."
    };
    private static final int MAX_LINES = 400;

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.culvert");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.culvert.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void jnaLivesInDeviceLinuxOnly() {
        only("dev.culvert.device.linux..", "com.sun.jna..");
    }

    @Test
    void foreignMemoryLivesInThePackagesOfPerFrameCalls() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.culvert.crypto.ipsecmb..",
                        "dev.culvert.crypto.openssl..",
                        "dev.culvert.device.io..",
                        "dev.culvert.libc..",
                        "dev.culvert.udp.io..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(classes);
    }

    @Test
    void nettyChannelsLiveInUdpOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.culvert.udp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..")
                .check(classes);
    }

    @Test
    void cryptographyLivesInCryptoOnly() {
        only("dev.culvert.crypto..", "org.bouncycastle..", "javax.crypto..");
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.culvert.crypto..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .check(classes);
    }

    @Test
    void theProtocolKnowsNoSocketThreadClockOrLogger() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.nio.channels..",
                        "java.util.concurrent",
                        "org.slf4j..",
                        "io.netty.channel..",
                        "dev.culvert.udp..",
                        "dev.culvert.device..",
                        "dev.culvert.time.."))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("bytes and time come in, verdicts go out: that is how the protocol is tested by the million")
                .check(classes);
    }

    @Test
    void siblingsDoNotCallEachOther() {
        noneFrom("dev.culvert.handshake..", "dev.culvert.session..", "dev.culvert.peer..", "dev.culvert.ethernet..");
        noneFrom("dev.culvert.session..", "dev.culvert.handshake..", "dev.culvert.noise..", "dev.culvert.peer..");
        noneFrom("dev.culvert.ethernet..", "dev.culvert.peer..", "dev.culvert.session..", "dev.culvert.wire..");
        noneFrom("dev.culvert.offload..", everyPackageBut("offload", "ethernet", "wire"));
        noneFrom("dev.culvert.wire..", "dev.culvert.crypto..", "dev.culvert.session..", "dev.culvert.peer..");
    }

    @Test
    void nothingInCoreImportsTunnel() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.culvert.tunnel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.culvert.tunnel..")
                .check(classes);
    }

    @Test
    void libcMetricsAndTimeAreLeaves() {
        noneFrom("dev.culvert.libc..", everyPackageBut("libc"));
        noneFrom("dev.culvert.metrics..", everyPackageBut("metrics"));
        noneFrom("dev.culvert.time..", everyPackageBut("time"));
    }

    @Test
    void secretsAreNoRecords() {
        classes.stream()
                .filter(each -> each.getSimpleName().matches("PrivateKey|PresharedKey|SecretBytes|TransportKeys"))
                .forEach(each -> assertThat(each.isRecord())
                        .as(each.getName() + " is a record, which would print its secret")
                        .isFalse());
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(MAX_LINES);
            }
        }
    }

    private void only(String home, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(classes);
    }

    private void noneFrom(String home, String... others) {
        noClasses()
                .that()
                .resideInAPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(classes);
    }

    private static String[] everyPackageBut(String... allowed) {
        return Stream.of(
                        "config",
                        "crypto",
                        "device",
                        "ethernet",
                        "handshake",
                        "libc",
                        "noise",
                        "offload",
                        "peer",
                        "session",
                        "tunnel",
                        "udp",
                        "wire",
                        "metrics",
                        "time")
                .filter(name -> !List.of(allowed).contains(name))
                .map(name -> "dev.culvert." + name + "..")
                .toArray(String[]::new);
    }
}
