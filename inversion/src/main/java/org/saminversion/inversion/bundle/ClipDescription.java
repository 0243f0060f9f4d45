package org.saminversion.inversion.bundle;

import java.util.Optional;

/**
 * A network of the CLIP family, which tells how well a text fits a picture: both become vectors of one space.
 *
 * @param imageEncoder ONNX, pictures [N,3,S,S] to vectors [N,E]
 * @param textEncoder ONNX, token numbers [1,T] to a vector [1,E]
 * @param vocabulary its byte pairs in the order of merging, as OpenAI and Hugging Face publish them, plain or compressed by gzip
 * @param imageSide S, in pixels
 * @param contextLength T
 * @param channelEffects safetensors that say what each channel of the generator's style space does in that space, once measured
 */
public record ClipDescription(
        String imageEncoder,
        String textEncoder,
        String vocabulary,
        int imageSide,
        int contextLength,
        Optional<String> channelEffects) {
    /** The same with what the channels do. */
    public ClipDescription withChannelEffects(String file) {
        return new ClipDescription(imageEncoder, textEncoder, vocabulary, imageSide, contextLength, Optional.of(file));
    }
}
