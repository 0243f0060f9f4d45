package org.saminversion.graph;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * ONNX Runtime's environment, kept alive until the process ends.
 *
 * <p>The Java binding destroys the environment in a shutdown hook, while other threads may still be inside a program: ending a
 * process by a signal then crashed it in two of three trials. The environment counts its references, so one more of them, which
 * nobody gives back, keeps it until the operating system takes everything. The binding offers no call for that.
 */
final class NativeRuntime {
    private static final long END_SECONDS_MAX = 10;
    private static final AtomicBoolean ENDING = new AtomicBoolean();
    /** Nobody counts it down: the process ends before. */
    private static final CountDownLatch END = new CountDownLatch(1);

    private static final OrtEnvironment ENVIRONMENT = keptAlive();

    private NativeRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    /**
     * While a process ends, the C library destroys what programs that still run are made of; they then fail, mostly with
     * "GetElementType is not implemented". That is nobody's failure: who would hear of it waits for the end.
     */
    static void awaitEndOfProcess() {
        if (!ENDING.get()) {
            return;
        }
        try {
            END.await(END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OrtEnvironment keptAlive() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ENDING.set(true), "process ends"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            create.setAccessible(true);
            create.invoke(null, api.getLong(null), 3, "kept alive");
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new ProgramException("this release of ONNX Runtime cannot be kept alive: " + cause, cause);
        }
        return environment;
    }
}
