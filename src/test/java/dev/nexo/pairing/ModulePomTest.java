package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The POM that the module's jar is installed with is written by hand: it is held to the build's.
 */
@DisplayName("POMs of the module and the API")
class ModulePomTest {

  private static List<String> dependencies(String pom, String scope) throws Exception {
    Element project =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of(pom).toFile())
            .getDocumentElement();
    List<String> found = new ArrayList<>();
    for (Element list : children(project, "dependencies")) {
      for (Element dependency : children(list, "dependency")) {
        // What is optional is the command line's alone, which is in neither the WAR nor the module.
        boolean optional = text(dependency, "optional", "false").equals("true");
        if (!optional && text(dependency, "scope", "compile").equals(scope)) {
          found.add(written(dependency));
        }
      }
    }
    return found;
  }

  /** Everything that is said about it, exclusions too; not the order, nor comments. */
  private static String written(Element dependency) {
    List<String> parts = new ArrayList<>();
    NodeList all = dependency.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Node part = all.item(i);
      if (part.getChildNodes().getLength() == 1 && !part.getNodeName().equals("scope")) {
        parts.add(part.getNodeName() + "=" + part.getTextContent().strip());
      }
    }
    return String.join(" ", parts);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name, String otherwise) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? otherwise : found.get(0).getTextContent().strip();
  }

  @Test
  @DisplayName("The module's POM has the compile dependencies of the build's POM")
  void moduleDependencies() throws Exception {
    assertThat(dependencies("src/main/poms/nexo-pairing-module.xml", "compile"))
        .hasSizeGreaterThan(5)
        .containsExactlyInAnyOrderElementsOf(dependencies("pom.xml", "compile"));
  }

  @Test
  @DisplayName("Only the WAR depends on the SLF4J binding")
  void runtimeDependencies() throws Exception {
    assertThat(dependencies("pom.xml", "runtime"))
        .singleElement()
        .asString()
        .contains("artifactId=slf4j-jdk14");
    assertThat(dependencies("src/main/poms/nexo-pairing-module.xml", "runtime")).isEmpty();
  }

  @Test
  @DisplayName("The API's POM has no dependencies")
  void apiDependencies() throws Exception {
    assertThat(dependencies("src/main/poms/nexo-pairing-api.xml", "compile")).isEmpty();
  }
}
