package org.saminversion.graph;

/**
 * The ramp of the Karras projector (spec baselines.md 0.1): linear warm-up, constant, cosine to zero.
 *
 * @param peak the learning rate between the ramps
 * @param rampDown share of all steps at the end over which it falls, in [0,1]; 0 for none
 * @param rampUp share of all steps at the start over which it rises, in [0,1]; 0 for none
 */
public record LearningRateSchedule(double peak, double rampDown, double rampUp) implements LearningRate {
    public LearningRateSchedule {
        if (!(rampDown >= 0 && rampDown <= 1 && rampUp >= 0 && rampUp <= 1)) {
            throw new IllegalArgumentException("ramps are shares from 0 to 1, not " + rampDown + " and " + rampUp);
        }
    }

    /** The same rate in every step. */
    public static LearningRateSchedule constant(double rate) {
        return new LearningRateSchedule(rate, 0, 0);
    }

    /** The reference's ramps of a quarter and a twentieth. */
    public static LearningRateSchedule ramp(double peak) {
        return new LearningRateSchedule(peak, 0.25, 0.05);
    }

    @Override
    public Value at(Value step, Value steps) {
        Value t = step.divide(steps);
        Value one = t.like(1);
        Value rate = one.multiply(peak);
        if (rampDown > 0) {
            Value down = one.subtract(t).multiply(1 / rampDown).minimum(one);
            // ONNX Runtime's CPU provider has no cosine in float64.
            Value cosine =
                    down.multiply(Math.PI).cast(ElementType.FLOAT32).cosine().cast(ElementType.FLOAT64);
            rate = cosine.multiply(-0.5).add(t.like(0.5)).multiply(rate);
        }
        return rampUp > 0 ? t.multiply(1 / rampUp).minimum(one).multiply(rate) : rate;
    }

    @Override
    public double at(int step, int steps) {
        double t = (double) step / steps;
        double down = rampDown > 0 ? Math.min(1, (1 - t) / rampDown) : 1;
        double up = rampUp > 0 ? Math.min(1, t / rampUp) : 1;
        return peak * (0.5 - 0.5 * Math.cos(Math.PI * down)) * up;
    }
}
