import { NotFound } from '@recreio/ui';
import { WaysOn } from '../ways-on.tsx';

/** An address that leads nowhere: the house stays around it, so every way on is there. */
export default function Lost() {
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow">
        <NotFound action={<WaysOn />} />
      </div>
    </main>
  );
}
