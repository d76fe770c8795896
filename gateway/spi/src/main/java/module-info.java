/** The contract between Backplane and its plugins; depends on nothing but the JDK. */
module dev.backplane.spi {
  exports dev.backplane.spi;
}
