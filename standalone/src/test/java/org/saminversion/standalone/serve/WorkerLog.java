package org.saminversion.standalone.serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;

/** The fields of lines that workers log while they are listened to. */
final class WorkerLog extends Handler implements AutoCloseable {
    private static final Logger WORKER = Logger.getLogger("org.saminversion.worker");

    private final List<Map<String, String>> fields = new CopyOnWriteArrayList<>();

    static WorkerLog listen() {
        WorkerLog log = new WorkerLog();
        WORKER.addHandler(log);
        return log;
    }

    /** Of the lines about a job. */
    List<Map<String, String>> fieldsOf(String job) {
        return fields.stream().filter(line -> job.equals(line.get("jobId"))).toList();
    }

    @Override
    public void publish(LogRecord line) {
        fields.add(ExtLogRecord.wrap(line).getMdcCopy());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        WORKER.removeHandler(this);
    }
}
