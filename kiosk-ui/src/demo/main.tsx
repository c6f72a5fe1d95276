import { render } from 'preact';
import { PageWordsProvider } from '../page-words.tsx';
import { DemoPage } from './demo-page.tsx';

const page = document.getElementById('page');
if (page !== null)
  render(
    <PageWordsProvider>
      <DemoPage />
    </PageWordsProvider>,
    page,
  );
