package dev.culvert;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The dependency rules of docs/architecture.md for the command line and the benchmarks; those of the core it tests itself. */
class CommandLineArchitectureTest {
    private static final String RESULT = "dev.culvert.bench.result..";

    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void benchmarksHaveNoCycles() {
        slices().matching("dev.culvert.bench.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void foreignMemoryLivesInTheMeasuringToolsOwnCallsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.culvert.bench.kernel..", "dev.culvert.bench.machine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(classes);
    }

    @Test
    void resultsKnowNothingOfCulvert() {
        noClasses()
                .that()
                .resideInAPackage(RESULT)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.culvert..").and(not(resideInAPackage(RESULT))))
                .because("what --save writes must not change with what measures")
                .check(classes);
    }

    @Test
    void jnaAndNettysChannelsStayInTheCore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun.jna..", "io.netty.channel..", "io.netty.bootstrap..")
                .check(classes);
    }
}
