/** The product's mark and name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2.5 font-semibold">
      <img src="/favicon.svg" alt="" width={24} height={24} />
      <span>Webhook console</span>
    </span>
  );
}
