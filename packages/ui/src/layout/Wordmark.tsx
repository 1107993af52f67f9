/** The name of the house: the dot of the i is the ball. A link when it has somewhere to go. */
export function Wordmark({ href, onClick }: { href?: string; onClick?: (event: React.MouseEvent) => void }) {
  const letters = (
    <>
      <span aria-hidden="true">
        recre<i>ı</i>o
      </span>
      <span className="sr">Recreio</span>
    </>
  );
  return href ? (
    <a className="wordmark" href={href} onClick={onClick}>
      {letters}
    </a>
  ) : (
    <span className="wordmark">{letters}</span>
  );
}
