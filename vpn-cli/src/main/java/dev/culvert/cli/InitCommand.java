package dev.culvert.cli;

import dev.culvert.cli.init.HostPlan;
import dev.culvert.cli.init.MatchingConfigs;
import dev.culvert.cli.init.TunnelPlan;
import dev.culvert.cli.toml.AddressText;
import dev.culvert.cli.toml.BadValueException;
import dev.culvert.config.RemoteName;
import dev.culvert.crypto.PresharedKey;
import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.device.TapMode;
import dev.culvert.ethernet.IpPrefix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code culvert init}. */
@Command(
        name = "init",
        sortOptions = false,
        customSynopsis = "culvert init --endpoints=HOST[:PORT][,HOST[:PORT]] [OPTIONS] [DIR]",
        description = {
            "Write two matching configurations with their keys, a directory for each host, ready to copy.",
            "  culvert init --hosts office,branch --endpoints vpn.example.org",
        })
final class InitCommand implements Callable<Integer> {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "Where to make the two directories (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--hosts",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "office,branch",
            description = "What the two hosts are called (${DEFAULT-VALUE}).")
    private List<String> hosts;

    @Option(
            names = "--endpoints",
            split = ",",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "Where each host is reached, in the order of --hosts. One is enough: leave out the second, or"
                    + " begin with a comma, for a host behind NAT.")
    private List<String> endpoints;

    @Option(
            names = "--mode",
            defaultValue = "tap",
            description = "tap: Ethernet frames. tun: IP packets (${DEFAULT-VALUE}).",
            converter = ModeConverter.class)
    private TapMode mode;

    @Option(
            names = "--name",
            defaultValue = "culvert0",
            description = "The device to make on both (${DEFAULT-VALUE}).",
            converter = DeviceNameConverter.class)
    private String name;

    @Option(names = "--port", defaultValue = "51820", description = "UDP port both listen on (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--addresses",
            split = ",",
            paramLabel = "ADDR/LEN",
            defaultValue = "10.8.0.1/24,10.8.0.2/24",
            description = "Addresses of the two devices (${DEFAULT-VALUE}).")
    private List<String> addresses;

    @Option(names = "--psk", description = "Make a preshared key as well.")
    private boolean presharedKey;

    @Override
    public Integer call() throws IOException {
        TunnelPlan plan = plan();
        try (PrivateKey one = PrivateKey.generate(Randomness.system());
                PrivateKey other = PrivateKey.generate(Randomness.system());
                PresharedKey shared = PresharedKey.generate(Randomness.system())) {
            MatchingConfigs.write(directory, plan, one, other, presharedKey ? Optional.of(shared) : Optional.empty());
        }
        sayWhatNext(plan.one());
        sayWhatNext(plan.other());
        return ExitCodes.OK;
    }

    private void sayWhatNext(HostPlan host) {
        PrintWriter out = spec.commandLine().getOut();
        Path home = directory.resolve(host.host()).normalize();
        out.printf("%s: written to %s%n", host.host(), home);
        out.printf("  ssh root@%s mkdir -p -m 700 /etc/culvert%n", host.host());
        out.printf("  scp -p %s/%s.* root@%s:/etc/culvert/%n", home, name, host.host());
        out.printf("  there: culvert up /etc/culvert/%s.toml   (or: systemctl enable --now culvert@%s)%n", name, name);
    }

    private TunnelPlan plan() {
        if (hosts.size() != 2 || addresses.size() != 2 || endpoints.size() > 2) {
            throw wrong("--hosts and --addresses need two values with a comma between them, --endpoints one or two");
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())
                || hosts.get(0).equals(hosts.get(1))) {
            throw wrong("--hosts: expected two different names of letters, digits, '.', '_' and '-'");
        }
        if (port < 1 || port > 65_535) {
            throw wrong("--port: expected 1 to 65535, found " + port);
        }
        TunnelPlan plan = new TunnelPlan(name, mode, port, host(0), host(1), presharedKey);
        if (plan.one().address().address().equals(plan.other().address().address())) {
            throw wrong("--addresses: the two devices need different addresses");
        }
        if (plan.one().reachableAt().isEmpty() && plan.other().reachableAt().isEmpty()) {
            throw wrong("--endpoints: at least one host must be reachable for the other");
        }
        return plan;
    }

    private HostPlan host(int index) {
        return new HostPlan(hosts.get(index), address(addresses.get(index)), remote(index));
    }

    private IpPrefix address(String text) {
        try {
            return AddressText.hostPrefix(text);
        } catch (BadValueException bad) {
            throw wrong("--addresses: " + bad.getMessage());
        }
    }

    private Optional<RemoteName> remote(int index) {
        String text = index < endpoints.size() ? endpoints.get(index).strip() : "";
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean hasPort = text.matches("(\\[.*\\]|[^:]*):[0-9]+");
            return Optional.of(AddressText.remote(hasPort ? text : text + ":" + port));
        } catch (BadValueException bad) {
            throw wrong("--endpoints: " + bad.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    static final class ModeConverter implements ITypeConverter<TapMode> {
        @Override
        public TapMode convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "tap" -> TapMode.TAP;
                case "tun" -> TapMode.TUN;
                default -> throw new TypeConversionException("expected tap or tun, found '" + value + "'");
            };
        }
    }
}
