package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;

/**
 * What ONNX Runtime compiles.
 *
 * @param constants the large ones among those of the model; closed by whoever compiles it
 * @param lent by name the inputs of the model that are the same in every run, see {@link Source.Lent}
 */
record OnnxModel(ModelProto proto, LargeConstants constants, Map<String, Tensor> lent) {}
