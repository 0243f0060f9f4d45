package org.saminversion.graph;

import java.util.Optional;

/**
 * How ONNX Runtime runs programs.
 *
 * @param threads worker threads of one program on the machine's processors, at least 1
 * @param waiting what these do while they wait for each other
 * @param profilePrefix where ONNX Runtime writes a profile of each session, if wanted
 */
public record RuntimeOptions(int threads, Device device, Waiting waiting, Optional<String> profilePrefix) {
    public RuntimeOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("a program needs at least one thread, not " + threads);
        }
    }

    /** Which release of ONNX Runtime runs the programs. */
    public static String runtimeVersion() {
        return NativeRuntime.environment().getVersion();
    }

    /** On the CPU, as many threads as the machine has processors; they sleep while they wait. */
    public static RuntimeOptions standard() {
        return withThreads(Runtime.getRuntime().availableProcessors());
    }

    /** On the CPU. Threads sleep while they wait. */
    public static RuntimeOptions withThreads(int threads) {
        return new RuntimeOptions(threads, Device.CPU, Waiting.SLEEP, Optional.empty());
    }

    /** The same on another device. */
    public RuntimeOptions on(Device another) {
        return new RuntimeOptions(threads, another, waiting, profilePrefix);
    }

    /** The same with threads that wait in another way. */
    public RuntimeOptions waiting(Waiting another) {
        return new RuntimeOptions(threads, device, another, profilePrefix);
    }
}
