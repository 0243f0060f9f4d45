package org.saminversion.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.saminversion.embedded.EmbeddedKafka;

/** A Kafka broker as a process of its own: {@code FOLDER BROKER_PORT CONTROLLER_PORT}, the same ports at each start. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        String broker = "PLAINTEXT://127.0.0.1:" + arguments[1];
        String controller = "127.0.0.1:" + arguments[2];
        EmbeddedKafka kafka = EmbeddedKafka.start(
                Path.of(arguments[0]),
                Map.of(
                        "listeners", broker + ",CONTROLLER://" + controller,
                        "advertised.listeners", broker,
                        "controller.quorum.voters", "1@" + controller));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-stop"));
        new CountDownLatch(1).await();
    }
}
