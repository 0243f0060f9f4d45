package org.saminversion.standalone.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, as ARCHITECTURE.md draws them: think twice before changing one. */
class ArchitectureTest {
    private static final String GRAPH = "org.saminversion.graph..";
    private static final String ENGINE = "org.saminversion.inversion..";

    private static JavaClasses classes;

    @BeforeAll
    static void readTheClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.saminversion");
    }

    @Test
    void theGraphKnowsNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage(GRAPH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE, "org.saminversion.standalone.."));
    }

    @Test
    void theEngineKnowsNoServices() {
        check(noClasses()
                .that()
                .resideInAnyPackage(GRAPH, ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta..", "org.apache.kafka..", "java.sql..", "org.hibernate.."));
    }

    @Test
    void onnxRuntimeStaysInTheGraph() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(GRAPH)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime.."));
    }

    @Test
    void theTestSeesTheClasses() {
        assertTrue(classes.size() > 10, "only " + classes.size() + " classes were found");
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }
}
