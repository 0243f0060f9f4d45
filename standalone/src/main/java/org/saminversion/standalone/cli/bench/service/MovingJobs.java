package org.saminversion.standalone.cli.bench.service;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.saminversion.standalone.serve.DashboardLoad;

/** Running jobs in the store of this process's service, and what the process computes while they move. */
record MovingJobs(DashboardLoad load) {
    /** Moves the jobs once a second. @return cores that this process used meanwhile */
    double cores(int seconds) throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int second = 1; second <= seconds; second++) {
            load.step();
            long left = begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
            new CountDownLatch(1).await(Math.max(0, left), TimeUnit.NANOSECONDS);
        }
        return (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - begin);
    }
}
