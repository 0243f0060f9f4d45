package org.saminversion.graph;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * ONNX Runtime's environment, kept alive until the process ends.
 *
 * <p>The Java binding destroys the environment in a shutdown hook, while other threads may still be inside a program: ending a
 * process by a signal then crashed it in two of three trials. The environment counts its references, so one more of them, which
 * nobody gives back, keeps it until the operating system takes everything. The binding offers no call for that.
 */
final class NativeRuntime {
    private static final OrtEnvironment ENVIRONMENT = keptAlive();

    private NativeRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment keptAlive() {
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
