package org.saminversion.graph;

import java.util.List;

/**
 * What a node computes: a closed family of values with typed attributes, each of which is one operator of ONNX opset 17.
 *
 * <p>Every operator has exactly one result, and its element type and shape follow from those of its inputs. Newer opsets
 * are avoided because ONNX Runtime's CUDA provider has gaps there.
 */
public sealed interface Op
        permits Source, UnaryOp, BinaryOp, CompareOp, ShapeOp, ReduceOp, ConvolutionOp, PoolOp, MiscellaneousOp {
    int OPSET = 17;

    /**
     * The type of the result.
     *
     * @throws IllegalArgumentException if the inputs do not fit the operator; the message names the shapes
     */
    ValueType infer(List<ValueType> inputs);

    /** How the operator is written in ONNX. Sources have no such form. */
    OnnxForm onnx();

    /** For printed graphs: the operator's name and its attributes. */
    default String describe() {
        return toString();
    }
}
