package dev.backplane.benchmarks.spring;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

/** What Spring Data REST serves at {@code /products}. */
public interface ProductRepository extends JpaRepository<Product, Long> {
  /** At {@code /products/search/findByCategory}. */
  Page<Product> findByCategory(String category, Pageable page);
}
