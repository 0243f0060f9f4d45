package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;

/**
 * What ONNX Runtime compiles.
 *
 * @param lent by name the inputs of the model that are the same in every run, see {@link Source.Lent}
 */
record OnnxModel(ModelProto proto, Map<String, Tensor> lent) {}
