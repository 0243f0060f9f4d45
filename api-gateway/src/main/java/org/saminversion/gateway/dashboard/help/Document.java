package org.saminversion.gateway.dashboard.help;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A document of ours in Markdown as HTML, whose links between documents lead to pages of the dashboard.
 *
 * @param html without scripts and foreign HTML
 */
record Document(String title, String html) {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                // Parts that scroll sideways can be reached with the keyboard.
                if (node instanceof TableBlock || node instanceof FencedCodeBlock && tag.equals("pre")) {
                    attributes.put("tabindex", "0");
                }
            })
            .build();

    static Document parse(String markdown) {
        Node root = PARSER.parse(markdown);
        Reader reader = new Reader();
        root.accept(reader);
        return new Document(reader.title, RENDERER.render(root));
    }

    /** Finds the title and bends the links. */
    private static final class Reader extends AbstractVisitor {
        private String title = "";

        @Override
        public void visit(Heading heading) {
            if (heading.getLevel() == 1 && heading.getFirstChild() instanceof Text text) {
                title = text.getLiteral();
            }
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            link.setDestination(link.getDestination()
                    .replaceFirst("^(?:\\.\\./)?(adr/|problems/)?([a-z0-9-]+)\\.md", "/dashboard/help/$1$2"));
            visitChildren(link);
        }
    }
}
