package org.saminversion.gateway.dashboard.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an open page should show now.
 *
 * @param fragments HTML of elements by their id; each is one element with that id
 * @param lists ids of the children of elements by the element's id, in their order
 */
public record LiveView(Map<String, String> fragments, Map<String, List<String>> lists) {
    /** What differs from an earlier view; a page that shows the earlier one shows this one after that. */
    LiveView since(LiveView earlier) {
        return new LiveView(changed(fragments, earlier.fragments), changed(lists, earlier.lists));
    }

    boolean isEmpty() {
        return fragments.isEmpty() && lists.isEmpty();
    }

    private static <T> Map<String, T> changed(Map<String, T> now, Map<String, T> earlier) {
        Map<String, T> different = new LinkedHashMap<>();
        now.forEach((id, value) -> {
            if (!value.equals(earlier.get(id))) {
                different.put(id, value);
            }
        });
        return different;
    }
}
