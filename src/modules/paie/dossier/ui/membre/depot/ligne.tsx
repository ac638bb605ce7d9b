import { IconArrowBarToDown, IconSend, IconX } from '@tabler/icons-react'
import {
  Bouton,
  ChampCase,
  ChampChoix,
  ChampChoixMultiple,
  ChampJour,
  ChampTexte,
  type Choix,
  Encart,
  Etat,
  formatOctets,
} from '#ui'
import { LIBELLES_NATURE, NATURES_PIECE, type NaturePiece } from '../../../contract.ts'
import { estVide, type Ligne } from './lignes.ts'
import { Recu } from './recu.tsx'

const NATURES: Choix[] = NATURES_PIECE.map((n) => ({ valeur: n, libelle: LIBELLES_NATURE[n] }))

export function LigneDepot({
  ligne: l,
  agents,
  aDesSuivantes,
  nEstPasSeule,
  onChange,
  onRetirer,
  onRecopier,
  onEnvoyer,
}: {
  ligne: Ligne
  agents: readonly Choix[]
  aDesSuivantes: boolean
  /** Other files wait too: each can be sent on its own. */
  nEstPasSeule: boolean
  onChange: (c: Partial<Ligne>) => void
  onRetirer: () => void
  onRecopier: () => void
  onEnvoyer: () => void
}) {
  const occupee = l.etat === 'attente' || l.etat === 'envoi'
  const corriger = (champ: string, c: Partial<Ligne>) => {
    const { [champ]: _, ...erreurs } = l.erreurs
    onChange({ ...c, erreurs, estProposee: false })
  }
  const choisirNature = (nature: NaturePiece | '') => {
    // The label follows the kind as long as nobody has written one.
    const ancien = l.nature === '' ? '' : LIBELLES_NATURE[l.nature]
    const suit = l.libelle.trim() === '' || l.libelle === ancien
    corriger('nature', { nature, ...(suit && nature !== '' ? { libelle: LIBELLES_NATURE[nature] } : {}) })
  }
  const retirer = (
    <Bouton variante="discret" icone={IconX} onClick={onRetirer}>
      {l.etat === 'depose' ? 'Ranger ce reçu' : 'Retirer'}
      <span className="bq-lu"> ({l.fichier.name})</span>
    </Bouton>
  )
  return (
    <li className="bq-membre-ligne" data-etat={l.etat} aria-label={l.fichier.name} tabIndex={-1}>
      <div className="bq-membre-ligne-tete">
        <strong className="bq-membre-nom">{l.fichier.name}</strong>
        <span className="bq-discret bq-chiffres">{formatOctets(l.fichier.size)}</span>
        {l.remplace && <span>remplace la pièce n° {l.remplace.numero}</span>}
        {l.etat === 'depose' && <Etat etat="fait">Déposée</Etat>}
        {l.etat === 'attente' && <Etat etat="enAttente">En attente d’envoi</Etat>}
        {l.etat === 'envoi' && <Envoi ligne={l} />}
      </div>
      {l.etat === 'refuse' && (
        <Encart etat="bloquant" titre="Cette pièce n’a pas été déposée">
          {l.raison}
        </Encart>
      )}
      {l.piece && <Recu piece={l.piece} />}
      {l.etat !== 'depose' && !estVide(l) && (
        <>
          <div className="bq-membre-ligne-champs">
            <ChampChoix
              libelle="Nature"
              choix={NATURES}
              requis
              valeur={l.nature}
              erreur={l.erreurs.nature}
              desactive={occupee}
              onValeur={(v) => choisirNature(v as NaturePiece | '')}
            />
            <div className="bq-membre-qui">
              <ChampChoixMultiple
                libelle="Agents concernés"
                choix={agents}
                valeur={l.tous ? [] : l.carrieres}
                erreur={l.erreurs.carrieres}
                desactive={occupee || l.tous}
                onValeur={(carrieres) => corriger('carrieres', { carrieres })}
              />
              <ChampCase
                libelle="Tout l’organisme"
                valeur={l.tous}
                desactive={occupee}
                onValeur={(tous) => corriger('carrieres', { tous })}
              />
            </div>
            <ChampJour
              libelle="Date d’effet"
              valeur={l.effet}
              erreur={l.erreurs.effet}
              desactive={occupee}
              onValeur={(effet) => corriger('effet', { effet })}
            />
            <ChampTexte
              libelle="Libellé"
              requis
              valeur={l.libelle}
              erreur={l.erreurs.libelle}
              desactive={occupee}
              onValeur={(libelle) => corriger('libelle', { libelle })}
            />
          </div>
          <div className="bq-rangee">
            {nEstPasSeule && (
              <Bouton icone={IconSend} enCours={occupee} onClick={onEnvoyer}>
                {l.etat === 'refuse' ? 'Déposer de nouveau' : 'Déposer cette pièce'}
              </Bouton>
            )}
            {aDesSuivantes && (
              <Bouton variante="discret" icone={IconArrowBarToDown} disabled={occupee} onClick={onRecopier}>
                Mêmes réponses pour les suivantes
              </Bouton>
            )}
            {!occupee && retirer}
            {l.estProposee && (
              <span className="bq-discret">Proposé d’après le nom du fichier : vérifiez avant de déposer.</span>
            )}
          </div>
        </>
      )}
      {(l.etat === 'depose' || estVide(l)) && <div>{retirer}</div>}
    </li>
  )
}

function Envoi({ ligne }: { ligne: Ligne }) {
  const pourcent = Math.round(ligne.part * 100)
  return (
    <>
      <div
        role="progressbar"
        aria-label={`Envoi de ${ligne.fichier.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={pourcent}
        className="bq-progression-rail"
      >
        <div style={{ width: `${pourcent}%` }} />
      </div>
      <span className="bq-chiffres">{pourcent < 100 ? `${pourcent} % envoyés` : 'Vérification…'}</span>
    </>
  )
}
