package dev.culvert.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** In {@code --watch NAME} the next word is no number of seconds: only {@code --watch=5} gives one. */
final class AttachedSeconds implements IParameterPreprocessor {
    static final String DEFAULT = "2";

    @Override
    @SuppressWarnings("JdkObsolete") // Stack is in picocli's interface
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (info.get("separator") instanceof String separator && !separator.isBlank()) {
            return false;
        }
        option.setValue(Integer.valueOf(DEFAULT));
        return true;
    }
}
