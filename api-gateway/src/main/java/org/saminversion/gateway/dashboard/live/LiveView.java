package org.saminversion.gateway.dashboard.live;

import io.quarkus.qute.TemplateInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What an open page should show now.
 *
 * @param fragments HTML of elements by their id; each is one element with that id
 * @param lists ids of the children of elements by the element's id, in their order
 */
public record LiveView(Map<String, String> fragments, Map<String, List<String>> lists) {
    public static final LiveView NOTHING = new LiveView(Map.of(), Map.of());

    /** This and another element. @param html of one element with that id */
    public LiveView with(String id, TemplateInstance html) {
        Map<String, String> more = new LinkedHashMap<>(fragments);
        more.put(id, html.render().strip());
        return new LiveView(more, lists);
    }

    /** This and a list. @param list id of the element that the rows are in @param id of a row's element */
    public <T> LiveView withRows(
            String list, List<T> rows, Function<T, String> id, Function<T, TemplateInstance> html) {
        Map<String, String> more = new LinkedHashMap<>(fragments);
        rows.forEach(row -> more.put(id.apply(row), html.apply(row).render().strip()));
        Map<String, List<String>> moreLists = new LinkedHashMap<>(lists);
        moreLists.put(list, rows.stream().map(id).toList());
        return new LiveView(more, moreLists);
    }

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
