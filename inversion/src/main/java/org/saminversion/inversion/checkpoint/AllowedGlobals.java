package org.saminversion.inversion.checkpoint;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Python names that a checkpoint may mention. Mentioning one runs nothing; the list is there so that a file made to
 * attack Python loaders is refused by name instead of half understood. Source: spec formats.md section 0.
 */
final class AllowedGlobals {
    private static final Set<String> NAMES = Set.of(
            "collections.OrderedDict",
            "collections.defaultdict",
            "builtins.set",
            "builtins.dict",
            "builtins.list",
            "builtins.int",
            "builtins.float",
            "builtins.bytearray",
            "__builtin__.set",
            "__builtin__.dict",
            "__builtin__.list",
            "_codecs.encode",
            "argparse.Namespace",
            "pathlib.PosixPath",
            "torch.Size",
            "torch.device",
            "torch._utils._rebuild_tensor",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_parameter",
            "torch._utils._rebuild_parameter_with_state",
            "torch.storage._load_from_bytes",
            "torch.storage.UntypedStorage",
            "torch.nn.parameter.Parameter",
            "numpy.ndarray",
            "numpy.dtype",
            "torch_utils.persistence._reconstruct_persistent_obj",
            "dnnlib.util.EasyDict",
            "dnnlib.EasyDict",
            "dnnlib.tflib.network.Network");

    private static final Pattern FAMILIES = Pattern.compile("torch\\.(cuda\\.)?[A-Z][A-Za-z0-9]*Storage"
            + "|torch\\.(float|double|half|bfloat|int|uint|long|short|bool)[0-9]*"
            + "|torch\\.nn\\.modules\\.[a-z_]+\\.[A-Z][A-Za-z0-9]*"
            + "|numpy\\._?core\\.multiarray\\.(_reconstruct|scalar)"
            + "|numpy\\._?core\\.numeric\\._frombuffer");

    private AllowedGlobals() {}

    static boolean allows(PickleValue.Global global) {
        String name = global.qualifiedName();
        return NAMES.contains(name) || FAMILIES.matcher(name).matches();
    }
}
