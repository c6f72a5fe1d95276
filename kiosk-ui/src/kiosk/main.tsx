import { render } from 'preact';
import { KioskPage } from './kiosk-page.tsx';

const page = document.getElementById('page');
if (page !== null) render(<KioskPage gate={new URLSearchParams(location.search).get('gate')} />, page);
