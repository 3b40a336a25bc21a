// Runs before everything else, in any browser, and says what to do where Patchwork cannot begin.
(function () {
  'use strict';
  var START = 'npm start, or START.cmd (Windows) or start.sh (macOS, Linux) of the zip';

  function say(title, lines) {
    var root = document.getElementById('root');
    // Once the page is there it speaks for itself.
    if (root === null || root.querySelector('.starting') === null) return;
    var box = document.createElement('div');
    box.className = 'starting';
    box.setAttribute('role', 'alert');
    [title].concat(lines).forEach(function (line, index) {
      var text = document.createElement(index === 0 ? 'h1' : 'p');
      text.textContent = line;
      box.appendChild(text);
    });
    root.replaceChildren ? root.replaceChildren(box) : root.appendChild(box);
  }

  if (location.protocol === 'file:') {
    say('Patchwork has to be served', [
      'Browsers run no page of this kind straight from a disk. Start its small server instead: ' + START + '.',
      'Then open the address that it prints, for example http://localhost:5173/. The file START-HERE.html of the zip shows how.',
    ]);
    return;
  }
  if (!('noModule' in document.createElement('script'))) {
    say('This browser is too old for Patchwork', ['Chrome, Edge or Firefox of the last two years run it.']);
    return;
  }
  addEventListener(
    'error',
    function (event) {
      if (event.target && event.target.tagName === 'SCRIPT') {
        say('Patchwork could not be fetched', [
          'A file of the page did not come: its server is unreachable, or has only a part of the files.',
          'Load the page again. If that does not help, whoever serves it should put all files of dist/ there, with their folder.',
        ]);
      } else if (event.message) {
        say('Patchwork could not begin', ['This browser said: ' + event.message, 'Chrome, Edge or Firefox of the last two years run it.']);
      }
    },
    true,
  );
})();
