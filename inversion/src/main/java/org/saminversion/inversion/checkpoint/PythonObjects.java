package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;
import org.saminversion.inversion.checkpoint.PickleValue.Bytes;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Sequence;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.file.InvalidFile;

/** The contents of Python's dictionary-like objects. */
final class PythonObjects {
    private PythonObjects() {}

    /** A plain or ordered dictionary. */
    static Dictionary dictionary(PickleValue value, String file) {
        if (value instanceof Dictionary dictionary) {
            return dictionary;
        }
        if (value instanceof Instance instance) {
            return items(instance, file);
        }
        throw InvalidFile.because(file, "a dictionary is expected where it has something else");
    }

    /**
     * What an object holds by name: the pairs given to its constructor (Python 2 writes ordered dictionaries so), the items
     * set on it, and for other objects their attributes.
     */
    static Dictionary items(Instance instance, String file) {
        boolean ordered = instance.is("collections.OrderedDict");
        if (instance.arguments().isEmpty() && (ordered || !(instance.state() instanceof Dictionary))) {
            return instance.items();
        }
        Dictionary all = new Dictionary();
        if (ordered && instance.arguments().get(0) instanceof Sequence pairs) {
            for (PickleValue pair : pairs.items()) {
                List<PickleValue> keyAndValue = pair instanceof Sequence list
                        ? list.items()
                        : pair instanceof Tuple tuple ? tuple.items() : List.of();
                if (keyAndValue.size() != 2) {
                    throw InvalidFile.because(file, "an ordered dictionary in it is damaged");
                }
                all.put(keyAndValue.get(0), keyAndValue.get(1), file);
            }
        }
        if (!ordered && instance.state() instanceof Dictionary attributes) {
            all.items().putAll(attributes.items());
        }
        all.items().putAll(instance.items().items());
        return all;
    }

    /** Bytes, also in the two disguises of older pickles: Python 2 text, and text that is to be encoded back. */
    static ByteBuffer bytes(PickleValue value, String file) {
        if (value instanceof Bytes bytes) {
            return bytes.slice();
        }
        if (value instanceof Text python2) {
            return python2.latin1();
        }
        if (value instanceof Instance encoded
                && encoded.is("_codecs.encode")
                && !encoded.arguments().isEmpty()
                && encoded.arguments().get(0) instanceof Text text) {
            return text.latin1();
        }
        throw InvalidFile.because(file, "plain bytes are expected where it has something else");
    }
}
