package org.saminversion.standalone.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of a package, the lowest first, so that none can see each other in a circle. What lies beside them sees all. */
final class Parts {
    private final String whole;
    private final Map<String, List<String>> seenBy = new LinkedHashMap<>();

    /** @param whole the package that holds them */
    Parts(String whole) {
        this.whole = whole;
    }

    /** @param below the other parts that this one may see, all of them named before */
    Parts part(String name, String... below) {
        assertTrue(seenBy.keySet().containsAll(List.of(below)), name + " may only see parts that are named before it");
        seenBy.put(name, List.of(below));
        return this;
    }

    /** Every part is named here, and sees nothing else of the package. */
    void check(JavaClasses classes) {
        assertEquals(
                new TreeSet<>(seenBy.keySet()),
                classes.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(whole + "."))
                        .map(name -> name.substring(whole.length() + 1).replaceFirst("\\..*", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
        seenBy.forEach((name, below) -> {
            String[] allowed = Stream.concat(Stream.of(name), below.stream())
                    .map(this::all)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(all(name))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(whole + "..").and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                    .check(classes);
        });
    }

    private String all(String part) {
        return whole + "." + part + "..";
    }
}
