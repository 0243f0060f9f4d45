package org.saminversion.inversion.file;

/** The two 16-bit floating-point formats, converted from and to 32 bits (JDK 17 has no methods for them). */
public final class HalfPrecision {
    /** The largest finite number of the IEEE 754 half format. */
    public static final float MAXIMUM = 65504f;

    private HalfPrecision() {}

    /** The exact value of an IEEE 754 half-precision number. */
    public static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }

    /** The nearest half-precision number, ties to even; magnitudes from 65520 on become infinite. */
    public static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00 | magnitude >>> 13 & 0x1ff);
        }
        if (magnitude >= 0x477ff000) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) {
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24f));
        }
        int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
        return (short) (sign | rounded - (112 << 23) >>> 13);
    }

    /** The exact value of a bfloat16 number, which is the upper half of a 32-bit one. */
    public static float fromBrainFloat(short brainFloat) {
        return Float.intBitsToFloat(brainFloat << 16);
    }
}
