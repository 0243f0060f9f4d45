package org.saminversion.standalone.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** Whoever is on call at night can rely on the questions of the runbook: they fit the tables. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class RunbookTest {
    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?);\n```");

    @ConfigProperty(name = "sam.database.address")
    String address;

    @ConfigProperty(name = "sam.database.user")
    String user;

    @ConfigProperty(name = "sam.database.password")
    String password;

    @Test
    void everyQuestionToTheDatabaseHasAnAnswer() throws SQLException {
        List<String> questions = new ArrayList<>();
        SQL.matcher(Project.read(Project.root().resolve("docs/runbook.md")))
                .results()
                .forEach(found -> questions.add(found.group(1)));
        assertFalse(questions.isEmpty());
        List<String> wrong = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + address, user, password);
                Statement statement = connection.createStatement()) {
            for (String question : questions) {
                try {
                    statement.executeQuery(question).close();
                } catch (SQLException e) {
                    wrong.add(e.getMessage() + " in: " + question);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
