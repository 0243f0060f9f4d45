package org.saminversion.standalone.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, as ARCHITECTURE.md draws them: think twice before changing one. */
class ArchitectureTest {
    private static final String OURS = "org.saminversion..";
    private static final String GRAPH = "org.saminversion.graph..";
    private static final String ENGINE = "org.saminversion.inversion..";
    private static final String QUEUE = "org.saminversion.sharequeue..";
    private static final String EMBEDDED = "org.saminversion.embedded..";
    private static final String MODEL = "org.saminversion.model..";
    private static final String OUTBOUND = "org.saminversion.outbound..";
    private static final String WEBHOOK = "org.saminversion.webhook..";
    private static final String WORKER = "org.saminversion.worker..";
    private static final String GATEWAY = "org.saminversion.gateway..";
    private static final String PAGES = "org.saminversion.gateway.dashboard..";
    private static final String SEGMENTER = "org.saminversion.segmenter..";
    private static final String BENCH = "org.saminversion.bench..";
    private static final String GPU = "org.saminversion.gpu..";

    /** What methods there are and what may be chosen about them, as opposed to how they work. */
    private static final DescribedPredicate<HasName> DESCRIBES_METHODS = HasName.Predicates.nameMatching(
            "org\\.saminversion\\.inversion\\.method\\.(InversionMethods|MethodDescription|MethodSettings?|Optimizer)");

    private static JavaClasses classes;

    @BeforeAll
    static void readTheClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.saminversion");
    }

    @Test
    void everyModuleOnlySeesThoseBelowIt() {
        onlySees(GRAPH);
        onlySees(ENGINE, GRAPH);
        onlySees(QUEUE);
        onlySees(EMBEDDED);
        onlySees(MODEL);
        onlySees(OUTBOUND);
        onlySees(WEBHOOK, MODEL, OUTBOUND);
        onlySees(WORKER, MODEL, QUEUE, ENGINE, GRAPH);
        onlySees(GATEWAY, MODEL, ENGINE, WEBHOOK, OUTBOUND);
        onlySees(SEGMENTER, WORKER, QUEUE, MODEL, ENGINE);
        onlySees(GPU, WORKER, QUEUE, MODEL, ENGINE);
        onlySees(BENCH, ENGINE, GRAPH);
    }

    @Test
    void theGatewayReadsBundlesAndPicturesButNeverRunsTheEngine() {
        forbid(GATEWAY, GRAPH, "org.saminversion.inversion.network..");
        noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.saminversion.inversion.method..")
                        .and(DescribedPredicate.not(DESCRIBES_METHODS)))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.saminversion\\.inversion\\.engine\\.(InversionEngine|InversionRun|SamEngine)")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void theInterfaceDoesNotKnowThePages() {
        noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .and()
                .resideOutsideOfPackage(PAGES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PAGES)
                .check(classes);
    }

    @Test
    void theEngineKnowsNoServicesAndNoStores() {
        for (String module : List.of(GRAPH, ENGINE)) {
            forbid(
                    module,
                    "io.quarkus..",
                    "io.smallrye..",
                    "jakarta..",
                    "org.apache.kafka..",
                    "org.hibernate..",
                    "java.sql..",
                    "java.net.http..");
        }
    }

    @Test
    void librariesStayInTheirAdapters() {
        keepWithin("ai.onnxruntime..", GRAPH);
        keepWithin("ai.onnx.proto..", GRAPH);
        keepWithin("org.apache.kafka..", QUEUE, EMBEDDED, "org.saminversion.model.outbox..");
        keepWithin("io.zonky..", EMBEDDED);
        keepWithin("java.sql..", EMBEDDED, "org.saminversion.model.store..");
        keepWithin(
                "org.hibernate..",
                "org.saminversion.model.store..",
                "org.saminversion.model.outbox..",
                "org.saminversion.model.batch..",
                "org.saminversion.model.callback..");
        keepWithin("io.vertx.mutiny.sqlclient..", "org.saminversion.model..", "org.saminversion.standalone.serve..");
        keepWithin("io.github.bucket4j..", "org.saminversion.gateway.access..");
        keepWithin("okhttp3..", OUTBOUND);
        keepWithin("com.standardwebhooks..", WEBHOOK, "org.saminversion.standalone.cli..");
        keepWithin("boofcv..", "org.saminversion.inversion.segment..");
        keepWithin("picocli..", "org.saminversion.standalone.cli..");
    }

    @Test
    void workersCallNobodyOverHttp() {
        keepWithin("java.net.http..", "org.saminversion.standalone.cli..", "org.saminversion.bench.service..");
    }

    @Test
    void commandsThatOnlyNeedTheEngineDoNotStartTheService() {
        noClasses()
                .that()
                .resideInAPackage("org.saminversion.standalone.cli..")
                .and()
                .resideOutsideOfPackages(
                        "org.saminversion.standalone.cli.serve..",
                        "org.saminversion.standalone.cli.keys..",
                        "org.saminversion.standalone.cli.demo..",
                        "org.saminversion.standalone.cli.bench.service..")
                .and()
                .doNotHaveSimpleName("ExitCode")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.saminversion.standalone.serve..")
                .check(classes);
    }

    @Test
    void thePartsOfTheGatewaySeeOnlyThoseBelowThem() {
        new Parts("org.saminversion.gateway")
                .part("problems")
                .part("http", "problems")
                .part("access", "problems")
                .part("operations", "http")
                .part("events")
                .part("bundles")
                .part("catalogue")
                .part("callbacks", "problems", "http", "access")
                .part("submissions", "http", "bundles", "callbacks")
                .part("inversions", "problems", "http", "access", "events", "callbacks", "submissions")
                .part("edits", "problems", "http", "access", "events", "bundles", "submissions", "inversions")
                .part("maps", "http", "access", "inversions")
                .part("batches", "problems", "http", "access", "catalogue", "callbacks", "submissions", "inversions")
                .part("studies", "http", "access", "bundles", "submissions")
                .part(
                        "dashboard",
                        "problems",
                        "http",
                        "access",
                        "operations",
                        "events",
                        "bundles",
                        "inversions",
                        "batches",
                        "studies")
                .check(classes);
    }

    @Test
    void theGroupsOfCommandsSeeOnlyWhatTheyShare() {
        new Parts("org.saminversion.standalone.cli")
                .part("frame")
                .part("options", "frame")
                .part("invert", "frame", "options")
                .part("bundles", "frame", "options")
                .part("directions", "frame", "options")
                .part("train", "frame", "options")
                .part("evaluate", "frame", "options")
                .part("webhook", "frame")
                .part("batch", "frame")
                .part("bench", "frame", "options", "batch")
                .part("serve", "frame")
                .part("keys", "frame", "serve")
                .part("demo", "frame", "options", "serve")
                .check(classes);
    }

    @Test
    void theTestSeesTheClasses() {
        for (String module : List.of("graph", "inversion", "standalone")) {
            assertTrue(
                    classes.stream().anyMatch(type -> type.getPackageName().startsWith("org.saminversion." + module)),
                    "no class of " + module + " was found");
        }
    }

    /** Of ours, a module depends on itself and the modules named here. */
    private static void onlySees(String module, String... below) {
        DescribedPredicate<JavaClass> allowed =
                JavaClass.Predicates.resideInAPackage(module).or(JavaClass.Predicates.resideInAnyPackage(below));
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(OURS).and(DescribedPredicate.not(allowed)))
                .allowEmptyShould(true)
                .check(classes);
    }

    private static void forbid(String module, String... packages) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(classes);
    }

    private static void keepWithin(String library, String... adapters) {
        noClasses()
                .that()
                .resideOutsideOfPackages(adapters)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }
}
