import { useProducts } from "@/api/queries";

/** The names of the products that the person sees, by id; what is not among them goes by its id. */
export function useProductNames(): ReadonlyMap<string, string> {
  const products = useProducts();
  return new Map(products.data?.map(({ product, name }) => [product, name]) ?? []);
}
