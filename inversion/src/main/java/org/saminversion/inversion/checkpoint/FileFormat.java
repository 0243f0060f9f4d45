package org.saminversion.inversion.checkpoint;

/** How a checkpoint file is laid out, recognised by its first bytes and its contents, never by its name. */
public enum FileFormat {
    SAFETENSORS("safetensors"),
    TORCH_ZIP("PyTorch checkpoint"),
    TORCH_LEGACY("PyTorch checkpoint (before version 1.6)"),
    NVIDIA_PYTORCH("NVIDIA StyleGAN2-ADA / StyleGAN3 pickle"),
    NVIDIA_TENSORFLOW("NVIDIA TensorFlow pickle"),
    PICKLE("pickle"),
    NUMPY_ARRAY("NumPy array"),
    NUMPY_ARCHIVE("archive of NumPy arrays");

    private final String description;

    FileFormat(String description) {
        this.description = description;
    }

    /** The name that people know. */
    public String description() {
        return description;
    }
}
