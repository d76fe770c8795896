package dev.backplane.spi;

/** A store that can say what has to be made in the cloud before it can serve, such as a table. */
public interface ProvisionedStore extends Store {
  /**
   * Says what the mapping needs, from the settings alone: no backend is contacted. Called on a
   * store that was opened and perhaps not started, when somebody asks for a template.
   *
   * @return the resources and what they leave out; may be nothing
   * @throws SettingException when the settings of several resources contradict each other
   */
  Provision provision();
}
