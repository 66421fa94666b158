package dev.culvert.cli;

import dev.culvert.cli.toml.BadValueException;
import dev.culvert.cli.toml.DeviceName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a tunnel on the command line. */
final class DeviceNameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
        try {
            return DeviceName.parse(value);
        } catch (BadValueException bad) {
            throw new TypeConversionException(bad.getMessage());
        }
    }
}
