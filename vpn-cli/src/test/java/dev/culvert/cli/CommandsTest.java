package dev.culvert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.cli.control.ControlServer;
import dev.culvert.cli.control.RunDirectory;
import dev.culvert.cli.render.StatusSamples;
import dev.culvert.cli.toml.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    /** RFC 7748, section 6.1: Alice. */
    private static final String PRIVATE_KEY = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";

    private static final String PUBLIC_KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

    @TempDir
    Path directory;

    private CommandRun culvert(String... args) {
        return CommandRun.of(directory.resolve("run"), PRIVATE_KEY + "\n", args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "check", "init", "genkey", "pubkey", "genpsk", "demo", "help"})
    void everyCommandExplainsItself(String command) throws IOException {
        CommandRun run = culvert(command, "--help");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        Golden.assertSame("help-" + command + ".txt", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"crossing", "show"})
    void aBenchmarksHelpTellsWhereResultsGo(String benchmark) throws IOException {
        Golden.assertSame(
                "help-bench-" + benchmark + ".txt",
                culvert("bench", benchmark, "--help").out());
    }

    @Test
    void helpOfTheWholeIsTheSameHoweverItIsAskedFor() throws IOException {
        Golden.assertSame("help.txt", culvert("--help").out());
        assertThat(culvert("help").out()).isEqualTo(culvert("--help").out());
        assertThat(culvert("help", "up").out())
                .isEqualTo(culvert("up", "--help").out());
    }

    @Test
    void withoutACommandTheUsageIsShownAndTheExitCodeSaysSo() {
        CommandRun run = culvert();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(culvert("--help").out());
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(culvert("--version").out()).matches("culvert \\d+\\.\\d+\\.\\d+\\S*\nJava .*\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statsu|culvert: unknown command, option or argument: statsu|Did you mean: culvert status",
                "up --verbos x.toml|culvert: unknown command, option or argument: --verbos|Possible solutions: --verbose",
                "up|culvert: Missing required parameter: 'FILE'|Try: culvert up --help",
                "status a/b|found \"a/b\"|Try: culvert status --help",
                "status a@b|letters, digits, '.', '_' and '-', found \"a@b\"|Try: culvert status --help",
                "status --watch=0|culvert: --watch: expected 1 to 3600 seconds|Try: culvert status --help",
                "bench show|culvert: Missing required parameter: 'FILE'|Try: culvert bench show --help",
                "init|culvert: Missing required option|Try: culvert init --help",
                "init --endpoints=,|culvert: --endpoints: at least one host must be reachable|Try",
                "init --endpoints=a --hosts=a,a|culvert: --hosts: expected two different names|Try",
                "init --endpoints=a --hosts=../a,b|culvert: --hosts: expected two different names|Try",
                "init --endpoints=a --port=0|culvert: --port: expected 1 to 65535, found 0|Try",
                "init --endpoints=a --addresses=10.8.0.1/24,10.8.0.1/24|culvert: --addresses: the two devices|Try",
                "init --endpoints=a --addresses=10.8/24,10.8.0.1/24|culvert: --addresses: expected an address|Try",
                "init --endpoints=a_b!|culvert: --endpoints: expected HOST:PORT|Try",
                "init --endpoints=a --mode=bridge|expected tap or tun, found 'bridge'|Try",
            })
    void wrongUsageIsASentenceAndAHint(String line, String told, String hint) {
        CommandRun run = culvert(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(told)
                .contains(hint)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void keysFitTogether() {
        String key = culvert("genkey").out().strip();

        assertThat(key).hasSize(44).isNotEqualTo(culvert("genkey").out().strip());
        CommandRun pubkey = CommandRun.of(directory, key, "pubkey");
        assertThat(pubkey.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(pubkey.out().strip()).hasSize(44);
        assertThat(culvert("pubkey").out()).isEqualTo(PUBLIC_KEY + "\n");
        assertThat(culvert("genpsk").out().strip()).hasSize(44);
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
        CommandRun run = CommandRun.of(directory, PRIVATE_KEY.substring(3), "pubkey");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("stdin holds no private key").doesNotContain(PRIVATE_KEY.substring(3, 20));
    }

    @Test
    void redirectingASecretWhereOthersReadItIsWarnedOf() throws IOException {
        Path file = directory.resolve("my.key");
        KeyFiles.write(file, "", "rw-r--r--");
        assertThat(SecretOutput.warningFor(file).orElseThrow()).contains("chmod 600 " + file.toRealPath());

        KeyFiles.write(file, "", "rw-------");
        assertThat(SecretOutput.warningFor(file)).isEmpty();
        assertThat(SecretOutput.warningFor(Path.of("/dev/null"))).isEmpty();
    }

    @Test
    void aTunnelThatDoesNotRunHasAnExitCodeOfItsOwn() {
        for (String command : new String[] {"status", "down"}) {
            CommandRun run = culvert(command, "culvert0");
            assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_RUNNING);
            assertThat(run.err()).isEqualTo("culvert: culvert0: not running; culvert status lists what is\n");
        }
    }

    @Test
    void noTunnelAtAllIsAnAnswer() {
        assertThat(culvert("status")).isEqualTo(new CommandRun(0, "no tunnel is running\n", ""));
        assertThat(culvert("status", "--json")).isEqualTo(new CommandRun(0, "[ ]\n", ""));
        assertThat(culvert("status", "--json", "--watch")).isEqualTo(new CommandRun(0, "[]\n", ""));
    }

    @Test
    void aTunnelThatDoesNotAnswerIsToldBesideTheOthers() throws IOException {
        RunDirectory run = RunDirectory.of(
                Map.of("CULVERT_RUN_DIR", directory.resolve("run").toString()));
        try (ControlServer good = ControlServer.bind(run, "good");
                ControlServer bad = ControlServer.bind(run, "bad")) {
            good.serve(() -> StatusSamples.quiet("good"), () -> {});
            bad.serve(
                    () -> {
                        throw new IllegalStateException("the tunnel has stopped");
                    },
                    () -> {});

            CommandRun status = culvert("status", "--json");

            assertThat(status.exitCode()).isEqualTo(ExitCodes.FAILED);
            assertThat(status.out()).contains("\"name\" : \"good\"");
            assertThat(status.err()).isEqualTo("culvert: bad: refused: stopping\n");
        }
    }

    @Test
    void onlyAnAttachedNumberIsAnInterval() {
        for (String watch : new String[] {"--watch", "--watch=5"}) {
            assertThat(culvert("status", watch)).isEqualTo(new CommandRun(0, "no tunnel is running\n", ""));
            assertThat(culvert("status", watch, "culvert0").exitCode()).isEqualTo(ExitCodes.NOT_RUNNING);
        }
    }

    @Test
    void checkTellsGoodFromBroken() throws IOException {
        KeyFiles.write(directory.resolve("good.key"), PRIVATE_KEY, "rw-------");
        Path good = Files.writeString(directory.resolve("good.toml"), """
                [interface]
                name = "culvert0"
                private_key_file = "good.key"
                listen = "[::]:51820"
                """);
        Path broken = Files.writeString(directory.resolve("broken.toml"), "[interfaces]");

        CommandRun run = culvert("check", good.toString(), broken.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEqualTo(good + ": good: tap culvert0, 0 peers, public key " + PUBLIC_KEY + "\n");
        assertThat(run.err().lines())
                .containsExactly(
                        good + ":1:1: warning: no [[peer]]: this tunnel leads nowhere",
                        broken + ":1:1: unknown key `interfaces`; did you mean `interface`?",
                        broken + ":1:1: [interface] is missing");
    }

    @Test
    void initWritesAPairThatChecks() throws IOException {
        Map<String, String[]> cases = Map.of(
                "one", new String[] {"--endpoints=vpn.example.org"},
                "two",
                        new String[] {
                            "--endpoints=,[2001:db8::1]:4500", "--psk", "--mode=tun", "--name=wg9", "--hosts=a,b"
                        },
                "six",
                        new String[] {"--endpoints=1.2.3.4,b.example", "--addresses=fd00::1/64,fd00::2/64", "--port=99"
                        });
        for (Map.Entry<String, String[]> each : cases.entrySet()) {
            Path home = directory.resolve(each.getKey());
            String[] args = new String[each.getValue().length + 2];
            args[0] = "init";
            args[1] = home.toString();
            System.arraycopy(each.getValue(), 0, args, 2, each.getValue().length);

            CommandRun run = culvert(args);

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
            try (var files = Files.walk(home)) {
                String[] configs = files.filter(file -> file.toString().endsWith(".toml"))
                        .map(Path::toString)
                        .sorted()
                        .toArray(String[]::new);
                assertThat(configs).hasSize(2);
                assertThat(culvert("check", configs[0], configs[1]).err()).isEmpty();
            }
        }
    }

    @Test
    void initNeverOverwrites() throws IOException {
        Path precious = directory.resolve("branch/culvert0.key");
        Files.createDirectory(precious.getParent());
        KeyFiles.write(precious, PRIVATE_KEY, "rw-------");

        CommandRun run = culvert("init", directory.toString(), "--endpoints=vpn.example.org");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err())
                .isEqualTo("culvert: " + precious + " is there already; nothing was written: name another directory\n");
        assertThat(precious).hasContent(PRIVATE_KEY);
        assertThat(directory.resolve("office")).doesNotExist();
    }

    @Test
    void whatInitWritesIsWorthReading() throws IOException {
        CommandRun run = culvert("init", directory.resolve("x").toString(), "--endpoints=vpn.example.org", "--psk");

        Golden.assertSame("init.txt", run.out().replace(directory.toString(), "DIR"));
        Golden.assertSame(
                "init-office.toml",
                Files.readString(directory.resolve("x/office/culvert0.toml"))
                        .replaceAll("public_key = \".*\"", "public_key = \"KEY\""));
        Golden.assertSame(
                "init-branch.toml",
                Files.readString(directory.resolve("x/branch/culvert0.toml"))
                        .replaceAll("public_key = \".*\"", "public_key = \"KEY\""));
    }
}
