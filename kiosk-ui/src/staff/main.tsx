import { render } from 'preact';
import { PageWordsProvider } from '../page-words.tsx';
import { StaffPage } from './staff-page.tsx';

const page = document.getElementById('page');
if (page !== null)
  render(
    <PageWordsProvider>
      <StaffPage />
    </PageWordsProvider>,
    page,
  );
