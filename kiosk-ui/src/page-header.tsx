import type { ComponentChildren, JSX } from 'preact';
import { LanguageSwitch } from './language-switch.tsx';

/** The bar above a working page: the doorway, the page's name, its language, and what else the page puts there. */
export function PageHeader({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <header class="page-header">
      <svg class="sign" viewBox="0 0 40 46" aria-hidden="true">
        <path d="M2 46V20a18 18 0 0 1 36 0v26z" />
        <path class="opening" d="M12 46V21a8 8 0 0 1 16 0v25z" />
      </svg>
      <h1>{title}</h1>
      {children}
      <LanguageSwitch />
    </header>
  );
}
