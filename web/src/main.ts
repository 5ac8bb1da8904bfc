import { mount } from 'svelte'

import App from './app/App.svelte'
import './app/look.css'
import { speak } from './app/language.svelte'
import { session } from './app/session.svelte'

const place = document.getElementById('explorer')
if (!place) throw new Error('index.html has no element #explorer')
await Promise.all([speak(), session.load()])
mount(App, { target: place })
