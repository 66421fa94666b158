package dev.culvert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into the jar. */
public final class CulvertVersion implements IVersionProvider {
    public static String number() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = CulvertVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "culvert " + number(), "Java " + Runtime.version(),
        };
    }
}
