package gitzodb.shorthand;

import static gitzodb.shorthand.ElementText.element;
import static gitzodb.shorthand.ElementText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final String MAPPING = "persistent.mapping.PersistentMapping";
    private static final String LIST = "persistent.list.PersistentList";
    private static final String MANAGER = "five.localsitemanager.registry.PersistentComponents";
    private static final String REGISTRY = "zope.component.persistentregistry.PersistentAdapterRegistry";

    /** As Zope stores it: one utility of two names, registered behind another that the alphabet puts last. */
    private static final String STORED = """
            <object class="%1$s">
              <text name="__name__">++etc++site</text>
              <object name="_adapter_registrations" class="%2$s">
                <dict name="data">
                  <entry>
                    <tuple>
                      <tuple>
                        <global>m.IOne</global>
                        <call class="zope.interface._zope_interface_coptimizations.implementedBy"><global>m.Two</global></call>
                      </tuple>
                      <global>m.IView</global>
                      <text>edit</text>
                    </tuple>
                    <tuple><global>m.make</global><text>m</text></tuple>
                  </entry>
                </dict>
              </object>
              <object name="_handler_registrations" class="%3$s">
                <list name="data">
                  <tuple>
                    <tuple><global>m.IEvent</global></tuple>
                    <text/>
                    <global>m.late</global>
                    <text/>
                  </tuple>
                  <tuple>
                    <tuple><global>m.IEvent</global></tuple>
                    <text/>
                    <global>m.early</global>
                    <text/>
                  </tuple>
                </list>
              </object>
              <object name="_subscription_registrations" class="%3$s">
                <list name="data"/>
              </object>
              <object name="_utility_registrations" class="%2$s">
                <dict name="data">
                  <entry>
                    <tuple><global>m.ITool</global><text>z</text></tuple>
                    <tuple><ref path="/z"/><text/><global>m.Factory</global></tuple>
                  </entry>
                  <entry>
                    <tuple><global>m.ITool</global><text/></tuple>
                    <tuple><ref path="/a"/><text/><none/></tuple>
                  </entry>
                  <entry>
                    <tuple><global>m.ITool</global><text>b</text></tuple>
                    <tuple><ref path="/a"/><text>again</text><none/></tuple>
                  </entry>
                  <entry>
                    <tuple><global>m.IAlone</global><text/></tuple>
                    <tuple><object class="m.Tool" at="/s#x"/><text/></tuple>
                  </entry>
                </dict>
              </object>
              <object name="adapters" class="%4$s">
                <object name="_adapters" class="%3$s">
                  <list name="data">
                    <object class="%2$s"><dict name="data"/></object>
                    <object class="%2$s"><dict name="data"/></object>
                    <object class="%2$s">
                      <dict name="data">
                        <entry>
                          <global>m.IOne</global>
                          <object class="%2$s">
                            <dict name="data">
                              <entry>
                                <call class="zope.interface._zope_interface_coptimizations.implementedBy"><global>m.Two</global></call>
                                <object class="%2$s">
                                  <dict name="data">
                                    <entry>
                                      <global>m.IView</global>
                                      <object class="%2$s">
                                        <dict name="data"><global name="edit">m.make</global></dict>
                                      </object>
                                    </entry>
                                  </dict>
                                </object>
                              </entry>
                            </dict>
                          </object>
                        </entry>
                      </dict>
                    </object>
                  </list>
                </object>
                <object name="_provided" class="%2$s">
                  <dict name="data"><entry><global>m.IView</global><int>1</int></entry></dict>
                </object>
                <object name="_subscribers" class="%3$s">
                  <list name="data">
                    <object class="%2$s"><dict name="data"/></object>
                    <object class="%2$s">
                      <dict name="data">
                        <entry>
                          <global>m.IEvent</global>
                          <object class="%2$s">
                            <dict name="data">
                              <entry>
                                <none/>
                                <object class="%2$s">
                                  <dict name="data">
                                    <object name="" class="%3$s">
                                      <list name="data">
                                        <global>m.late</global>
                                        <global>m.early</global>
                                      </list>
                                    </object>
                                  </dict>
                                </object>
                              </entry>
                            </dict>
                          </object>
                        </entry>
                      </dict>
                    </object>
                  </list>
                </object>
              </object>
              <object name="utilities" class="%4$s">
                <ref name="__parent__" path="/s#c"/>
                <object name="_adapters" class="%3$s">
                  <list name="data">
                    <object class="%2$s">
                      <dict name="data">
                        <entry>
                          <global>m.ITool</global>
                          <object class="%2$s">
                            <dict name="data">
                              <ref name="b" path="/a"/>
                              <ref name="" path="/a"/>
                              <ref name="z" path="/z"/>
                            </dict>
                          </object>
                        </entry>
                        <entry>
                          <global>m.IAlone</global>
                          <object class="%2$s">
                            <dict name="data"><ref name="" path="/s#x"/></dict>
                          </object>
                        </entry>
                      </dict>
                    </object>
                  </list>
                </object>
                <object name="_provided" class="%2$s">
                  <dict name="data">
                    <entry><global>m.ITool</global><int>5</int></entry>
                    <entry><global>m.IAlone</global><int>2</int></entry>
                  </dict>
                </object>
                <object name="_subscribers" class="%3$s">
                  <list name="data">
                    <object class="%2$s">
                      <dict name="data">
                        <entry>
                          <global>m.ITool</global>
                          <object class="%2$s">
                            <dict name="data">
                              <object name="" class="%3$s">
                                <list name="data"><ref path="/z"/><ref path="/a"/></list>
                              </object>
                            </dict>
                          </object>
                        </entry>
                        <entry>
                          <global>m.IAlone</global>
                          <object class="%2$s">
                            <dict name="data">
                              <object name="" class="%3$s">
                                <list name="data"><ref path="/s#x"/></list>
                              </object>
                            </dict>
                          </object>
                        </entry>
                      </dict>
                    </object>
                  </list>
                </object>
              </object>
            </object>
            """.formatted(MANAGER, MAPPING, LIST, REGISTRY);

    private static final String SHOWN = """
            <object class="%s">
              <text name="__name__">++etc++site</text>
              <adapter-registrations>
                <adapter name="edit" for="m.IOne implementedBy(m.Two)" global="m.make" info="m" provides="m.IView"/>
              </adapter-registrations>
              <handler-registrations>
                <handler for="m.IEvent" global="m.late"/>
                <handler for="m.IEvent" global="m.early"/>
              </handler-registrations>
              <utility-registrations>
                <utility form="pair" provides="m.IAlone">
                  <object class="m.Tool"/>
                </utility>
                <utility name="z" path="/z" factory="m.Factory" provides="m.ITool"/>
                <utility path="/a" provides="m.ITool"/>
                <utility name="b" path="/a" info="again" provides="m.ITool"/>
              </utility-registrations>
              <object name="adapters" class="%s"/>
              <object name="utilities" class="%s">
                <ref name="__parent__" path="/s#c"/>
              </object>
            </object>
            """.formatted(MANAGER, REGISTRY, REGISTRY);

    private static String shown(Element stored) throws IOException {
        return text(Shorthands.shorten(stored, Generation.PYTHON3, 2));
    }

    @Test
    void aRegistrationIsALineAndWhatIsMadeOfThemIsNotShown() throws IOException {
        assertThat(shown(element(STORED))).isEqualTo(SHOWN);
    }

    @Test
    void whatIsMadeIsMadeAgain() throws IOException {
        Element lengthened = Shorthands.lengthen(element(SHOWN), Generation.PYTHON3, 2);
        Element component = Parts.named(lengthened, "_utility_registrations");
        assertThat(component).isNotNull();
        String noted = STORED.replace(" at=\"/s#x\"", "").replace("path=\"/s#x\"", "path=\"?\"");
        assertThat(lengthened.toString()).contains("m.Tool");
        assertThat(Nodes.unordered(java.util.Objects.requireNonNull(component)))
                .isEqualTo(Nodes.unordered(
                        java.util.Objects.requireNonNull(Parts.named(element(noted), "_utility_registrations"))));
        assertThat(Parts.named(lengthened, "adapters"))
                .extracting(RegistrationsTest::lookups)
                .isEqualTo(lookups(java.util.Objects.requireNonNull(Parts.named(element(STORED), "adapters"))));
    }

    private static java.util.List<Element> lookups(Element registry) {
        return Lookups.NAMES.stream()
                .map(name -> Nodes.comparable(java.util.Objects.requireNonNull(Parts.named(registry, name))))
                .toList();
    }

    /** So Zope leaves a component of two names when one of them goes. */
    @Test
    void aComponentThatDoesNotSubscribeSaysSo() throws IOException {
        String mute = STORED.replace("<ref path=\"/z\"/><ref path=\"/a\"/>", "<ref path=\"/z\"/>")
                .replace("<int>5</int>", "<int>4</int>");
        assertThat(shown(element(mute)))
                .contains("<utility path=\"/a\" provides=\"m.ITool\" subscribes=\"no\"/>")
                .contains("<utility name=\"b\" path=\"/a\" info=\"again\" provides=\"m.ITool\" subscribes=\"no\"/>")
                .doesNotContain("_subscribers", "_provided", "_adapters");
    }

    @Test
    void aCountThatIsOffIsShownAndTheRestIsNot() throws IOException {
        String off = STORED.replace("<int>5</int>", "<int>7</int>");
        assertThat(shown(element(off)))
                .contains("<object name=\"_provided\"", "<int>7</int>")
                .doesNotContain("_adapters", "_subscribers");
    }

    @Test
    void aComponentThatCannotBeFoundIsNotHidden() throws IOException {
        String lost = STORED.replace("<ref name=\"z\" path=\"/z\"/>", "");
        assertThat(shown(element(lost)))
                .contains("<object name=\"_adapters\"", "<utility name=\"z\"")
                .doesNotContain("_subscribers");
    }

    @Test
    void plainListsAndDictsAreToldApart() throws IOException {
        String shown = SHOWN.replace("<utility-registrations>", "<utility-registrations nodes=\"plain\">")
                .replaceFirst("(?s) *<utility form.*?</utility>\n", "");
        Element plain = Shorthands.lengthen(element(shown), Generation.PYTHON3, 2);
        assertThat(Parts.named(java.util.Objects.requireNonNull(Parts.named(plain, "utilities")), "_adapters"))
                .extracting(Element::name)
                .isEqualTo("list");
        assertThat(shown(plain)).isEqualTo(shown);
        assertThat(shown(Shorthands.lengthen(element(shown.replace(" nodes=\"plain\"", "")), Generation.PYTHON3, 2)))
                .isEqualTo(shown.replace(" nodes=\"plain\"", ""));
    }

    @Test
    void aRegistrationOfAnotherShapeIsGeneric() throws IOException {
        String odd = STORED.replace("<tuple><global>m.make</global><text>m</text></tuple>", "<none/>");
        assertThat(shown(element(odd))).contains("<entry>").doesNotContain("-registrations>", "at=");
        assertThat(shown(element(STORED.replace(MANAGER, "m.Other")))).contains("<entry>");
    }

    @Test
    void whatCannotBeRegisteredIsRefused() {
        assertRefused("<utility path=\"/a\" provides=\"m.ITool\"/>", "two registrations of m.ITool with the name ''");
        assertRefused("<utility provides=\"m.I\"/>", "needs one component");
        assertRefused("<utility path=\"/a\" global=\"m.f\" provides=\"m.I\"/>", "needs one component");
        assertRefused("<utility path=\"/a\"/>", "<utility> without provides");
        assertRefused("<tool path=\"/a\"/>", "<tool> where <utility>");
    }

    private static void assertRefused(String row, String message) {
        String shown = SHOWN.replace("  </utility-registrations>", row + "</utility-registrations>");
        assertThatThrownBy(() -> Shorthands.lengthen(element(shown), Generation.PYTHON3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
