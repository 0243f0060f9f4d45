package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.ConvolutionOp.TransposedConvolution;
import org.saminversion.graph.MiscellaneousOp.MatrixProduct;
import org.saminversion.graph.MiscellaneousOp.Softmax;
import org.saminversion.graph.MiscellaneousOp.Where;
import org.saminversion.graph.PoolOp.BlockMean;
import org.saminversion.graph.PoolOp.MaxPool;
import org.saminversion.graph.PoolOp.NearestUpsample;
import org.saminversion.graph.UnaryOp.Cast;
import org.saminversion.graph.UnaryOp.Clip;
import org.saminversion.graph.UnaryOp.Function;
import org.saminversion.graph.UnaryOp.LeakyRelu;

/**
 * A value in a {@link Graph}, with the operators as methods. Every method throws {@link IllegalArgumentException} if the
 * shapes do not fit.
 */
public final class Value {
    private final Graph graph;
    private final int id;

    Value(Graph graph, int id) {
        this.graph = graph;
        this.id = id;
    }

    public Graph graph() {
        return graph;
    }

    int id() {
        return id;
    }

    Node node() {
        return graph.node(id);
    }

    public ValueType type() {
        return node().type();
    }

    public Shape shape() {
        return type().shape();
    }

    public Value add(Value other) {
        return graph.apply(BinaryOp.ADD, this, other);
    }

    public Value add(float number) {
        return add(like(number));
    }

    public Value subtract(Value other) {
        return graph.apply(BinaryOp.SUBTRACT, this, other);
    }

    public Value multiply(Value other) {
        return graph.apply(BinaryOp.MULTIPLY, this, other);
    }

    public Value multiply(double number) {
        return number == 1 ? this : multiply(like(number));
    }

    public Value divide(Value other) {
        return graph.apply(BinaryOp.DIVIDE, this, other);
    }

    public Value maximum(Value other) {
        return graph.apply(BinaryOp.MAXIMUM, this, other);
    }

    public Value minimum(Value other) {
        return graph.apply(BinaryOp.MINIMUM, this, other);
    }

    public Value power(double exponent) {
        return graph.apply(BinaryOp.POWER, this, like(exponent));
    }

    public Value greater(Value other) {
        return graph.apply(CompareOp.GREATER, this, other);
    }

    public Value less(Value other) {
        return graph.apply(CompareOp.LESS, this, other);
    }

    public Value equal(Value other) {
        return graph.apply(CompareOp.EQUAL, this, other);
    }

    /** This BOOL value chooses between the two. */
    public Value choose(Value whenTrue, Value whenFalse) {
        return graph.apply(new Where(), this, whenTrue, whenFalse);
    }

    public Value apply(Function function) {
        return graph.apply(function, this);
    }

    public Value negate() {
        return apply(Function.NEGATE);
    }

    public Value exponential() {
        return apply(Function.EXPONENTIAL);
    }

    public Value logarithm() {
        return apply(Function.LOGARITHM);
    }

    public Value squareRoot() {
        return apply(Function.SQUARE_ROOT);
    }

    public Value reciprocal() {
        return apply(Function.RECIPROCAL);
    }

    public Value absolute() {
        return apply(Function.ABSOLUTE);
    }

    public Value relu() {
        return apply(Function.RELU);
    }

    public Value sigmoid() {
        return apply(Function.SIGMOID);
    }

    public Value tanh() {
        return apply(Function.TANH);
    }

    public Value cosine() {
        return apply(Function.COSINE);
    }

    /** The integral of the normal distribution, from -1 to 1. */
    public Value errorFunction() {
        return apply(Function.ERROR_FUNCTION);
    }

    /** The same value as a fixed number for gradients. */
    public Value detach() {
        return apply(Function.DETACH);
    }

    /** The same value with the first derivatives of another one, of the same shape, that is not computed. Second ones would be wrong. */
    public Value withGradientOf(Value other) {
        return detach().add(other.subtract(other.detach()));
    }

    public Value square() {
        return multiply(this);
    }

    public Value leakyRelu(float slope) {
        return graph.apply(new LeakyRelu(slope), this);
    }

    public Value clip(float low, float high) {
        return graph.apply(new Clip(low, high), this);
    }

    /** Like {@link #clip}, but beyond a bound the gradient that leads back inside remains. */
    public Value returningClip(float low, float high) {
        return graph.apply(new UnaryOp.ReturningClip(low, high), this);
    }

    public Value cast(ElementType to) {
        return type().element() == to ? this : graph.apply(new Cast(to), this);
    }

    public Value reshape(int... sizes) {
        return reshape(Shape.of(sizes));
    }

    Value reshape(Shape to) {
        return to.equals(shape()) ? this : graph.apply(new ShapeOp.Reshape(to), this);
    }

    public Value expand(Shape to) {
        return to.equals(shape()) ? this : graph.apply(new ShapeOp.Expand(to), this);
    }

    public Value transpose(Integer... order) {
        return graph.apply(new ShapeOp.Transpose(List.of(order)), this);
    }

    public Value slice(int axis, int start, int end) {
        return start == 0 && end == shape().size(axis) ? this : graph.apply(new ShapeOp.Slice(axis, start, end), this);
    }

    /** The rows of this table that the index lists. */
    Value rows(Value index) {
        return graph.apply(new ShapeOp.Rows(), this, index);
    }

    /** This table with other rows where the index says so: see {@link MiscellaneousOp.WithRows}. */
    Value withRows(Value index, Value rows) {
        return graph.apply(new MiscellaneousOp.WithRows(), this, index, rows);
    }

    /** Zeros around the last two axes. */
    public Value padImage(int top, int bottom, int left, int right) {
        return graph.apply(new ShapeOp.Pad(List.of(0, 0, top, left), List.of(0, 0, bottom, right)), this);
    }

    public Value depthToSpace(int block) {
        return graph.apply(new ShapeOp.DepthToSpace(block), this);
    }

    public Value spaceToDepth(int block) {
        return graph.apply(new ShapeOp.SpaceToDepth(block), this);
    }

    public static Value concatenate(int axis, Value... parts) {
        return parts[0].graph.apply(new ShapeOp.Concatenate(axis), parts);
    }

    /** The sum over these axes, which stay with size 1; over all if none is given. */
    public Value sum(Integer... axes) {
        return reduce(ReduceOp.Kind.SUM, axes);
    }

    /** The mean over these axes, which stay with size 1; over all if none is given. */
    public Value mean(Integer... axes) {
        return reduce(ReduceOp.Kind.MEAN, axes);
    }

    /** The maximum over these axes, which stay with size 1; over all if none is given. */
    public Value maximumOver(Integer... axes) {
        return reduce(ReduceOp.Kind.MAXIMUM, axes);
    }

    private Value reduce(ReduceOp.Kind kind, Integer... axes) {
        List<Integer> over = axes.length == 0
                ? IntStream.range(0, shape().rank()).boxed().toList()
                : List.of(axes).stream().sorted().toList();
        return over.stream().allMatch(axis -> shape().size(axis) == 1)
                ? this
                : graph.apply(new ReduceOp(kind, over), this);
    }

    public Value matrixProduct(Value other) {
        return graph.apply(new MatrixProduct(), this, other);
    }

    public Value softmax(int axis) {
        return graph.apply(new Softmax(axis), this);
    }

    /** Stride-1 correlation that keeps the size: padding is half the (odd) kernel. */
    public Value convolve(Value weight) {
        return convolve(weight, 1, weight.shape().size(2) / 2);
    }

    public Value convolve(Value weight, int stride, int padding) {
        return graph.apply(new Convolution(stride, padding, 1, 1), this, weight);
    }

    public Value convolve(Value weight, Convolution convolution) {
        return graph.apply(convolution, this, weight);
    }

    public Value convolveTransposed(Value weight, TransposedConvolution convolution) {
        return graph.apply(convolution, this, weight);
    }

    public Value maxPool(int size) {
        return graph.apply(new MaxPool(size, size, 0, false), this);
    }

    public Value maxPool(MaxPool pool) {
        return graph.apply(pool, this);
    }

    public Value blockMean(int block) {
        return block == 1 ? this : graph.apply(new BlockMean(block), this);
    }

    public Value nearestUpsample(int factor) {
        return graph.apply(new NearestUpsample(factor), this);
    }

    /**
     * Bilinear interpolation of [N,C,H,W] as two matrix products, so that its gradient is exact on every provider.
     *
     * @param alignCorners as PyTorch's {@code interpolate}
     */
    public Value bilinear(int height, int width, boolean alignCorners) {
        Value down = graph.constant("bilinear rows", Interpolation.matrix(shape().size(2), height, alignCorners));
        Value across = graph.constant("bilinear columns", Interpolation.matrix(shape().size(3), width, alignCorners));
        return down.matrixProduct(this).matrixProduct(across.transpose(1, 0));
    }

    /** A fixed number of this value's element type. */
    public Value like(double number) {
        return type().element() == ElementType.FLOAT64
                ? graph.constant(Double.toString(number), Tensor.of(Shape.SCALAR, number))
                : graph.constant((float) number);
    }

    /** The tensor, if this value is a constant. */
    java.util.Optional<Tensor> constantTensor() {
        return node().op() instanceof Source.Constant constant
                ? java.util.Optional.of(constant.tensor())
                : java.util.Optional.empty();
    }

    List<Value> arguments() {
        List<Value> arguments = new ArrayList<>();
        node().inputs().forEach(input -> arguments.add(new Value(graph, input)));
        return arguments;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && graph == value.graph && id == value.id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id + " " + node().op().describe() + " : " + type();
    }
}
